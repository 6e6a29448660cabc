//! Who made a norm, and of which level it is, as far as the text's head says.

use super::head::dates;
use crate::domain::content::NormLevel;

/// Level and issuer by the first line of the head that names them.
pub(super) fn of(title: &str, history: &[String]) -> (Option<NormLevel>, Option<String>) {
    let told = history.iter().map(|line| plain(line)).find_map(|line| said(&line).find_map(|said| told(said, title)));
    told.map_or((None, None), |(level, issuer)| (Some(level), Some(issuer)))
}

/// Without brackets, blanks and titles of other documents: those say what was decided, and not by whom this was made.
fn plain(line: &str) -> String {
    let mut depth = 0_u32;
    line.chars()
        .filter(|c| {
            match c {
                '《' => depth += 1,
                '》' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && !c.is_whitespace() && !matches!(c, '（' | '）' | '(' | ')' | '》')
        })
        .collect()
}

/// What a line says of each of its dates, or the whole line.
fn said(line: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = dates(line).into_iter().map(|(at, _)| at).collect();
    let ends: Vec<usize> = starts.iter().copied().skip(1).chain([line.len()]).collect();
    let whole = starts.is_empty().then_some(line);
    let of =
        move |(from, to): (usize, usize)| line[from..to].split_once('日').map_or(&line[from..to], |(_, said)| said);
    starts.into_iter().zip(ends).map(of).chain(whole)
}

fn told(said: &str, title: &str) -> Option<(NormLevel, String)> {
    use NormLevel as L;
    // A state organ's alone: what the party issues with it is no administrative regulation.
    if said.contains("中共中央") {
        return None;
    }
    if let Some(congress) = congress(said) {
        let level = match congress.as_str() {
            "全国人民代表大会" | "全国人民代表大会常务委员会" => L::Law,
            _ if title.contains("自治条例") => L::AutonomousRegulation,
            _ if title.contains("经济特区") => L::SpecialZoneRegulation,
            _ => L::LocalRegulation,
        };
        return Some((level, congress));
    }
    for court in ["最高人民法院", "最高人民检察院"] {
        if said.contains(court) {
            return Some((L::JudicialInterpretation, court.to_owned()));
        }
    }
    let council = said.strip_prefix("中华人民共和国").unwrap_or(said);
    if council.starts_with("国务院令") || council.starts_with("国务院第") {
        return Some((L::AdministrativeRegulation, "国务院".to_owned()));
    }
    let (organ, _) = said.split_once("令第").or_else(|| said.split_once("令（"))?;
    let organ = organ.trim_start_matches(['经', '由']);
    if organ.is_empty() || organ.chars().count() > 60 || organ.contains(['，', '。', '、']) {
        return None;
    }
    let level = if organ.ends_with("人民政府") { L::LocalRule } else { L::DepartmentRule };
    Some((level, organ.to_owned()))
}

/// `黑龙江省第十三届人民代表大会常务委员会第二十次会议通过`: the congress or its standing committee.
fn congress(said: &str) -> Option<String> {
    let (place, rest) = match said.split_once('第') {
        Some((place, rest)) if rest.contains("届") => (place, rest.split_once('届')?.1),
        _ => return None,
    };
    // 第十三届全国人民代表大会: the place stands behind the number there.
    let at = rest.find("人民代表大会")?;
    let inner = &rest[..at];
    let standing = rest[at..].starts_with("人民代表大会常务委员会");
    let place = format!("{place}{inner}");
    if place.is_empty() || place.chars().count() > 40 {
        return None;
    }
    Some(format!("{place}人民代表大会{}", if standing { "常务委员会" } else { "" }))
}
