//! Licences, qualifications and standings that are suspended, lowered, revoked or withdrawn.

use super::{Said, goods::object, line};
use crate::domain::{
    facts::PenaltyKind,
    words::{amounts::range, spans::span},
};

/// 吊销…, 暂扣…, 降低…, 取消…资格, 撤销….
pub(super) fn licence(text: &str) -> Option<(usize, Said)> {
    const WITHDRAWN: (&str, &str) =
        ("撤销、取消是否属于行政处罚，取决于该法的规定", "whether this withdrawal is a penalty depends on its law");
    const SUSPENDED: (&str, &str) = (
        "暂停、停止业务读作限制开展生产经营活动，暂停执业读作暂扣许可证件，请核对",
        "a stop of business was read as a restriction of business, one of practice as a suspended licence: please check",
    );
    const SHARED: [(&str, &str); 4] =
        [("暂扣或者", "暂扣"), ("暂停或者", "暂停"), ("暂扣、", "暂扣"), ("扣留或者", "扣留")];
    // 暂扣或者吊销许可证: the object of the second is that of the first.
    for (lead, verb) in SHARED {
        if let Some(rest) = text.strip_prefix(lead).filter(|rest| rest.starts_with("吊销")) {
            let what = object(&rest["吊销".len()..]);
            // 暂停或者吊销其资格: what can be revoked and rests is a suspended licence.
            let what = what.strip_prefix('其').unwrap_or(what);
            return Some((verb.len(), line(PenaltyKind::SuspendLicence, &format!("{verb}{what}"), None)));
        }
    }
    // 责令暂停相关业务.
    let ordered = text.strip_prefix("责令").filter(|rest| rest.starts_with("暂停") || rest.starts_with("停止"));
    if let Some(rest) = ordered
        && ["业务", "执业活动", "执业"].iter().any(|end| object(rest).ends_with(end))
    {
        let (len, said) = licence(rest)?;
        return Some((text.len() - rest.len() + len, said));
    }
    let (verb, kind) = [
        ("吊销", PenaltyKind::RevokeLicence),
        ("暂扣", PenaltyKind::SuspendLicence),
        ("降低", PenaltyKind::LowerQualification),
        ("暂停", PenaltyKind::RestrictBusiness),
        ("停止", PenaltyKind::RestrictBusiness),
        ("取消", PenaltyKind::Other),
        ("撤销", PenaltyKind::Other),
    ]
    .into_iter()
    .find(|(verb, _)| text.starts_with(verb))?;
    let mut what = object(&text[verb.len()..]);
    // 暂停六个月以上一年以下执业活动 is a licence that rests.
    let practice = ["执业活动", "执业"].iter().any(|end| what.ends_with(end));
    let kind = match kind {
        PenaltyKind::RestrictBusiness if practice => PenaltyKind::SuspendLicence,
        PenaltyKind::RestrictBusiness if !what.ends_with("业务") => return None,
        kind => kind,
    };
    if verb == "降低" {
        what = &what[..["资质等级", "资质", "等级"].iter().find_map(|word| Some(what.find(word)? + word.len()))?];
    }
    if what.is_empty() || what.starts_with('的') || what.ends_with('的') || what.starts_with("决定") {
        return None;
    }
    let len = verb.len() + what.len();
    // 暂扣许可证三个月以上六个月以下, 暂扣三个月以上六个月以下许可证.
    let timed = (0..what.len()).filter(|at| what.is_char_boundary(*at)).find_map(|at| {
        let (span, rest) = span(&what[at..])?;
        Some((range("", span).filter(|range| range.fits(kind))?, &what[..at], rest.strip_prefix('的').unwrap_or(rest)))
    });
    let said = match timed {
        Some((range, before, after)) if kind == PenaltyKind::SuspendLicence => {
            line(kind, &format!("{verb}{before}{after}"), Some(range))
        }
        // 取消其资格: whose it is stands in no line.
        _ => line(kind, &format!("{verb}{}", what.strip_prefix('其').unwrap_or(what)), None),
    };
    let qualified = verb == "取消" && what.ends_with("资格");
    let withdrawn = kind == PenaltyKind::Other && !qualified;
    Some((
        len,
        match kind {
            PenaltyKind::RestrictBusiness | PenaltyKind::SuspendLicence if verb != "暂扣" => {
                said.doubted(SUSPENDED.0, SUSPENDED.1)
            }
            _ if withdrawn => said.doubted(WITHDRAWN.0, WITHDRAWN.1),
            _ => said,
        },
    ))
}
