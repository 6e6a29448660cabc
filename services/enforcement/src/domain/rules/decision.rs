//! The decision itself, and the time to make it.

use jiff::Timestamp;
use law::{Citation, ClockChange, Fault, citation::APL, period::Period};
use lists::facts::{Departure, ItemFact, PenaltyKind};

use super::{Outcome, blank, fault};
use crate::domain::events::{Penalty, PenaltyDecided, Procedure};

law::card! {
    /// What the document states. 1. The agency; on the spot its officers. 2. The document with the items of its own article: 59 for the
    /// ordinary procedure, 52(2) on the spot, which asks for neither an address nor how to perform (53 says that). 3. The law of 2021. 4. Whether it is made on the
    /// spot is how the case was filed. 5. What is not stated is missing. 6. A penalty without amount or length says no kind. 7. Refused in
    /// handling, recorded in reporting. 8. APL 59, 52.
    EN_DECISION "EN-DECISION" Gate "决定书内容" "content of the decision"; Citation::article(&APL, 59), Citation::article(&APL, 52);
    "处罚决定书应当载明当事人、事实和证据、种类和依据、履行方式和期限、救济途径和期限、机关和日期，并盖章";
    "the decision states party, facts and evidence, kind and basis, how and when to perform and to appeal, agency and date, under seal";
    plans "XS 五3";
    compares "决定书载明的事项与该程序条文所列事项" "what the document states with the items of the article of its procedure";
    except "当场处罚决定书无须载明当事人地址和履行方式、期限" "on the spot neither an address nor how to perform";
    since 2021 7 15;
    allows a_complete_decision_is_in_order, a_spot_decision_needs_neither_address_nor_performance; refuses refuses_a_decision_that_leaves_something_out
}
law::card! {
    /// Ninety days.
    EN_NINETY "EN-NINETY" Deadline "办案期限" "time to decide"; Citation::article(&APL, 60);
    "自立案之日起九十日内作出处罚决定，法律、法规、规章另有规定的除外"; "decided within 90 days of filing, unless a law, regulation or rule says otherwise";
    plans ;
    compares "决定之日与立案之日起的九十日" "the day of the decision with ninety days from filing";
    except "法律、法规、规章另有规定的，写明依据后延长或者中止计算"
    "where a law, regulation or rule provides otherwise: extended or suspended with its provision named",
    "移送公安机关期间" "while the police have the case";
    params "days" = NINETY; since 2021 7 15;
    allows a_decision_on_the_ninetieth_day_is_in_time, time_that_a_rule_excludes_does_not_count, the_items_own_time_to_decide_holds; refuses a_decision_on_the_ninety_first_day_is_late
}
law::card! {
    /// Longer only by law. 1. The agency, by its head. 2. What is named with the form of a provision of a law, regulation or rule: its title and an article. 3. That
    /// of the day of the step. 4. None. 5. Nothing named is no provision. 6. A title without an article; article 60 itself, which gives no time but
    /// sends to others. Whether the provision gives the time nobody compares; it stands in the record and in the clock. 7. Refused in handling, recorded in reporting. 8. APL 60.
    EN_NINETY_BASIS "EN-NINETY-BASIS" Gate "延期扣除依据" "basis for more time"; Citation::article(&APL, 60);
    "延长办案期限或者扣除时间须有法律、法规、规章的规定"; "more time, or time not counted, needs a law, regulation or rule that gives it";
    plans ;
    compares "所写依据与法律、法规、规章条款的形式" "what is named with the form of a provision: title and article";
    since 2021 7 15;
    allows an_extension_with_its_provision_is_in_order; refuses refuses_an_extension_without_provision, refuses_an_extension_under_article_sixty_itself
}

/// The period of EN-NINETY.
pub const NINETY: Period = Period::CalendarDays(90);

/// The clock of EN-NINETY: ninety days from filing, or the time that the item's own norm gives.
pub fn to_decide(item: Option<&ItemFact>, at: Timestamp) -> ClockChange {
    let own = |rule: &Departure| if let Departure::Decision { period } = rule { Some(*period) } else { None };
    let Some((period, article)) = item.and_then(|item| item.departs(own)) else {
        return ClockChange::open(&EN_NINETY, at, NINETY);
    };
    let (zh, en) = (period.to_zh(), period.to_en());
    ClockChange::open(&EN_NINETY, at, period).saying(
        format!("自立案之日起{zh}内作出处罚决定（{article}另有规定）"),
        format!("decided within {en} of filing, as {article} provides"),
    )
}

/// EN-NINETY of a decision while the time stands still: whether what it waited for lasted until then nobody says.
pub fn never_resumed() -> Outcome {
    Err(Fault {
        unknown: true,
        ..Fault::new(
            "办案期限仍在中止计算，中止的情形是否持续到作出决定之日未予核对；请先记录恢复计算的日期",
            "the time to decide stands still; whether its ground lasted until the decision was not checked: record first from when on it counts again",
        )
    })
}

/// EN-DECISION: everything that the document must state.
pub fn stated(decision: &PenaltyDecided, procedure: Procedure) -> Outcome {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    let mut missing = |lacks: bool, a: &'static str, b: &'static str| {
        if lacks {
            zh.push(a);
            en.push(b);
        }
    };
    let ordinary = procedure == Procedure::Ordinary;
    missing(ordinary && !decision.address_stated, "当事人姓名或者名称、地址", "the party's name and address");
    missing(blank(&decision.facts), "违法事实和证据", "facts and evidence");
    missing(decision.penalties.is_empty(), "处罚种类", "the kind of penalty");
    missing(
        decision.penalties.iter().any(incomplete),
        "处罚的数额、日数或者内容",
        "amount, days or content of a penalty",
    );
    missing(decision.bases.iter().all(|b| blank(b)), "处罚依据", "the legal basis");
    missing(ordinary && blank(&decision.performance), "履行方式和期限", "how and when to perform");
    missing(blank(&decision.appeal), "复议、诉讼的途径和期限", "how and when to appeal");
    match procedure {
        Procedure::Ordinary => missing(!decision.sealed, "机关印章", "the agency's seal"),
        Procedure::Simple => missing(!decision.sealed, "执法人员签名", "the officers' signatures"),
    }
    if zh.is_empty() {
        return Ok(());
    }
    fault(
        format!("处罚决定书缺少：{}；请补齐", zh.join("、")),
        format!("the decision does not state: {}; add it", en.join(", ")),
    )
}

/// Whether a penalty does not say how much or how long.
pub(super) fn incomplete(p: &Penalty) -> bool {
    match p.kind {
        PenaltyKind::Fine | PenaltyKind::ConfiscateGains => p.amount_fen.is_none_or(|a| a <= 0),
        PenaltyKind::Detention => p.days.is_none_or(|d| d == 0),
        PenaltyKind::BarFromTrade => !p.for_life && p.months.or(p.days).is_none_or(|n| n == 0),
        _ => false,
    }
}

/// EN-NINETY-BASIS: a provision is named, with its title and article, and it is another one than that which asks for it.
pub fn allowed_by_law(basis: &str) -> Outcome {
    let plain: String = basis.chars().filter(|c| !c.is_whitespace()).collect();
    let Some((title, article)) = plain.split_once('《').and_then(|(_, after)| after.split_once('》')) else {
        return unnamed();
    };
    if title.is_empty() || !article.split_once('第').is_some_and(|(_, after)| after.contains('条')) {
        return unnamed();
    }
    let itself = title.trim_start_matches("中华人民共和国") == "行政处罚法";
    if itself && ["第六十条", "第60条"].iter().any(|sixty| article.starts_with(sixty)) && !article.contains('《')
    {
        return fault(
            "《行政处罚法》第六十条本身没有规定可以延长或者扣除时间；请写明另有规定的法律、法规、规章条款",
            "article 60 itself gives no more time; name the provision of another law, regulation or rule that does",
        );
    }
    Ok(())
}

fn unnamed() -> Outcome {
    fault(
        "没有写明准许延长或者扣除时间的法律、法规、规章条款（如《市场监督管理行政处罚程序规定》第六十四条）；请写明",
        "the provision that gives more time is not named; name the law, regulation or rule in 《》 with its article",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, fine, overdue, overdue_but_for};

    fn decision() -> PenaltyDecided {
        sample::decision(vec![fine(7_000_000)])
    }

    #[test]
    fn a_complete_decision_is_in_order() {
        stated(&decision(), Procedure::Ordinary).unwrap();
    }

    #[test]
    fn refuses_a_decision_that_leaves_something_out() {
        for bad in [
            PenaltyDecided { facts: String::new(), ..decision() },
            PenaltyDecided { penalties: vec![], ..decision() },
            PenaltyDecided { penalties: vec![Penalty { amount_fen: None, ..fine(0) }], ..decision() },
            PenaltyDecided { bases: vec![" ".into()], ..decision() },
            PenaltyDecided { performance: String::new(), ..decision() },
            PenaltyDecided { appeal: String::new(), ..decision() },
            PenaltyDecided { address_stated: false, ..decision() },
            PenaltyDecided { sealed: false, ..decision() },
        ] {
            stated(&bad, Procedure::Ordinary).unwrap_err();
        }
        assert!(
            stated(&PenaltyDecided { sealed: false, ..decision() }, Procedure::Simple).unwrap_err().zh.contains("签名")
        );
    }

    #[test]
    fn a_spot_decision_needs_neither_address_nor_performance() {
        let spot = PenaltyDecided { address_stated: false, performance: String::new(), ..decision() };
        stated(&spot, Procedure::Simple).unwrap();
        stated(&PenaltyDecided { appeal: " ".into(), ..spot }, Procedure::Simple).unwrap_err();
    }

    #[test]
    fn a_decision_on_the_ninetieth_day_is_in_time() {
        // 90 days after Friday 1 March 2024 is Thursday 30 May.
        assert!(!overdue(NINETY, "2024-03-01", "2024-05-30"));
    }

    #[test]
    fn the_items_own_time_to_decide_holds() {
        let at = sample::at("2024-03-01T10:00");
        let opened = |item: &ItemFact| match to_decide(Some(item), at) {
            ClockChange::Opened { period, zh, .. } => (period, zh),
            other => panic!("{other:?}"),
        };
        assert_eq!(opened(&sample::item()).0, NINETY);
        let line = lists::facts::Otherwise::read("办案期限|30日|依照《甲条例》第七条").unwrap();
        let (period, zh) = opened(&ItemFact { otherwise: vec![line], ..sample::item() });
        assert_eq!(period, Period::CalendarDays(30));
        assert!(zh.contains("《甲条例》第七条"), "{zh}");
    }

    #[test]
    fn a_decision_on_the_ninety_first_day_is_late() {
        assert!(overdue(NINETY, "2024-03-01", "2024-05-31"));
    }

    #[test]
    fn time_that_a_rule_excludes_does_not_count() {
        // Ten days of a hearing: the last day moves from 30 May to 9 June, a Sunday, thence over the Dragon Boat holiday
        // on Monday to Tuesday the 11th.
        assert!(!overdue_but_for(NINETY, "2024-03-01", "2024-06-11", "2024-05-01", "2024-05-11"));
        assert!(overdue_but_for(NINETY, "2024-03-01", "2024-06-12", "2024-05-01", "2024-05-11"));
    }

    #[test]
    fn an_extension_with_its_provision_is_in_order() {
        allowed_by_law("《市场监督管理行政处罚程序规定》第六十四条").unwrap();
        allowed_by_law("依照 《甲条例》 第 7 条").unwrap();
    }

    #[test]
    fn refuses_an_extension_without_provision() {
        for basis in ["", "案情复杂", "《》", "》《", "《》第六条", "《办案规定》", "《办案规定》第六", "第六十四条"]
        {
            allowed_by_law(basis).unwrap_err();
        }
    }

    #[test]
    fn refuses_an_extension_under_article_sixty_itself() {
        for basis in ["《行政处罚法》第六十条", "《中华人民共和国行政处罚法》第六十条", " 《行政处罚法》 第60条第一款"]
        {
            allowed_by_law(basis).unwrap_err();
        }
        allowed_by_law("《行政处罚法》第六十条、《市场监督管理行政处罚程序规定》第六十四条").unwrap();
    }
}
