//! Whether the agency has the power, the place is its own, and the time is not past.

use jiff::{Span, civil::Date};
use law::{Citation, Fault, citation::APL, id::Uscc, period::Period};
use lists::facts::{AgencyFact, AgencyKind, Departure, ItemFact, PenaltyKind, PowerKind};

use super::{Outcome, blank, fault};
use crate::domain::events::{Penalty, Violation};

law::card! {
    /// No power, no case.
    EN_POWER "EN-POWER" Gate "法无授权不可为" "power in force"; Citation::article(&APL, 17), Citation::paragraph(&APL, 38, 1), Citation::article(&APL, 19), Citation::paragraph(&APL, 18, 3);
    "立案须有本机关当日有效的处罚权力事项（法无授权不可为）";
    "a case cites a penalty item of that agency in force that day";
    plans "FY 19" "TA 1" "BT 2"; since 2021 7 15;
    allows an_agency_uses_its_own_item_in_force; refuses refuses_a_case_without_a_power_item, refuses_an_unqualified_body, refuses_a_decision_after_the_item_was_cancelled, refuses_detention_by_who_may_not_restrict_liberty
}
law::card! {
    /// The place of the violation. 1. The agency. 2. The place of the violation with the region of the item, at filing and again at the decision; a
    /// dispute with how it was settled, at every decision, one not to punish too. 3. The item of the day of the step. 4. 另有规定 of the item's own law, regulation or
    /// rule: entered with the item; a designation (25(2)). 5. Without an item nobody knows the region: not checked. 6. A filing that was reported from
    /// elsewhere is asked again at the decision; a dispute that was settled for another agency is not opened anew. 7. Refused in handling,
    /// recorded in reporting. 8. APL 22, 25.
    EN_JURISDICTION "EN-JURISDICTION" Gate "管辖" "jurisdiction"; Citation::article(&APL, 22), Citation::article(&APL, 25);
    "由违法行为发生地的行政机关管辖；争议由共同的上一级行政机关指定";
    "the agency of the place of the violation acts; a dispute is settled by the common superior";
    plans "FY 21" "TA 12";
    compares "违法行为发生地与权力事项的区域；管辖争议与协商、指定的结果"
        "the place of the violation with the region of the item; a dispute with how it was settled";
    except "事项所列法律、行政法规、部门规章另有规定的，从其规定" "where the item's law, administrative regulation or departmental rule provides otherwise"; since 2021 7 15;
    allows a_violation_in_the_items_region_is_ours, a_designation_gives_jurisdiction, another_jurisdiction_of_the_items_own_norm_is_not_checked; refuses refuses_a_violation_elsewhere, refuses_a_decision_during_a_dispute, refuses_to_decide_what_was_filed_from_elsewhere
}
law::card! {
    /// Two years, or five.
    EN_LIMITATION "EN-LIMITATION" Gate "追责时效" "limitation"; Citation::article(&APL, 36);
    "违法行为二年内未被发现的不再处罚；涉及公民生命健康安全、金融安全且有危害后果的为五年";
    "no penalty when the violation was not discovered within two years; five where life, health or finance was harmed";
    plans ; except "事项所列法律另有规定的，从其规定" "where the item's law provides otherwise"; params "years" = YEARS "years", "years_grave" = YEARS_GRAVE "years"; since 2021 7 15;
    allows a_violation_found_on_the_last_day_counts, a_violation_that_goes_on_is_never_past, the_time_of_the_items_own_law_holds; refuses refuses_a_violation_found_a_day_after_two_years, refuses_a_grave_violation_after_five_years
}

/// EN-POWER: the item is in force, a penalty item, and the agency's own; the agency is a qualified body.
pub fn power(agency_code: &Uscc, agency: Option<&AgencyFact>, item: Option<&ItemFact>, day: Date) -> Outcome {
    let Some(agency) = agency.filter(|a| a.existing) else {
        return fault(
            format!("机关名录中没有在 {day} 具备主体资格的 {agency_code}；没有主体资格的处罚无效，请由有权机关办理"),
            format!(
                "{agency_code} is no body qualified on {day}; its penalty would be void, so let a competent agency act"
            ),
        );
    };
    if !matches!(agency.kind, AgencyKind::AdministrativeOrgan | AgencyKind::AuthorisedOrganisation) {
        return fault(
            format!("{}不能以自己的名义处罚；受委托组织须以委托机关的名义办理，内设、临时机构不得处罚", agency.name),
            format!("{} cannot punish in its own name; act in the name of the agency that entrusted it", agency.name),
        );
    }
    let Some(item) = item else {
        return fault(
            format!("权力清单中没有该事项在 {day} 的有效版本；请核对实施编码，或者先依法公布权力事项"),
            format!(
                "the power list has no version of this item in force on {day}; check the code, or publish the item first"
            ),
        );
    };
    if item.agency != *agency_code {
        return fault(
            format!("“{}”不是本机关的权力事项；请移送有权的机关", item.name),
            format!("{} is not an item of this agency; pass the matter to the one that has it", item.name),
        );
    }
    if item.kind != PowerKind::Penalty {
        return fault(
            format!("“{}”不是行政处罚事项；请引用处罚类权力事项", item.name),
            format!("{} is no penalty item; cite one that is", item.name),
        );
    }
    Ok(())
}

/// EN-POWER: nobody but the police, or a body that a law names, detains (APL 18(3)), whatever the list says of the item. None
/// where nothing of it is meant.
pub fn detains(penalties: &[Penalty], agency: Option<&AgencyFact>) -> Option<Outcome> {
    penalties.iter().any(|p| p.kind == PenaltyKind::Detention).then(|| {
        if agency.is_some_and(|a| a.may_restrict_liberty) {
            return Ok(());
        }
        fault(
            "行政拘留只能由公安机关和法律规定的其他机关作出；请删去，需要拘留的移送公安机关",
            "only the police and bodies a law names detain anybody; leave it out, or pass the case to the police",
        )
    })
}

/// EN-POWER of an undecided case whose item was cancelled: whether there will be a power at the decision nobody can tell yet.
pub fn power_ends(item: &str, effective: Date) -> Outcome {
    Err(Fault {
        unknown: true,
        ..Fault::new(
            format!(
                "“{item}”自 {effective} 起取消，此后不得依该事项作出处罚决定；请移送有权的机关、撤销立案或者不予处罚"
            ),
            format!(
                "{item} is cancelled from {effective} on, and no penalty is decided under it then; pass the case on, withdraw it, or withhold the penalty"
            ),
        )
    })
}

/// EN-JURISDICTION: the place lies in the item's region, or a superior has designated the agency.
pub fn jurisdiction(item: Option<&ItemFact>, violation: &Violation, designation: Option<&str>) -> Outcome {
    let Some(item) = item else {
        return Err(Fault {
            unknown: true,
            ..Fault::new(
                "没有权力事项，管辖区域无从核对",
                "there is no power item, so whether the place is the agency's own was not checked",
            )
        });
    };
    if item.region.contains(&violation.region) || designation.is_some_and(|d| !blank(d)) {
        return Ok(());
    }
    let own = |rule: &Departure| if let Departure::Jurisdiction { organ } = rule { Some(organ.clone()) } else { None };
    if let Some((organ, article)) = item.departs(own) {
        return Err(Fault {
            unknown: true,
            ..Fault::new(
                format!(
                    "违法行为发生地不在本机关管辖的{}内；{article}另行规定由{organ}管辖，是否符合未予核对",
                    item.region
                ),
                format!(
                    "the violation happened outside {}; {article} gives jurisdiction to {organ}, and whether that is this agency was not checked",
                    item.region
                ),
            )
        });
    }
    fault(
        format!(
            "违法行为发生地 {} 不在本机关管辖的 {} 内；请移送当地机关，或者附上级指定管辖的文书",
            violation.region, item.region
        ),
        format!(
            "the violation happened in {}, outside {}; pass it to the agency there, or give the superior's designation",
            violation.region, item.region
        ),
    )
}

/// EN-JURISDICTION at the decision: no open dispute, and no other agency designated.
pub fn jurisdiction_settled(agency: &Uscc, dispute_open: bool, designated: Option<&Uscc>) -> Outcome {
    if let Some(other) = designated.filter(|d| *d != agency) {
        return fault(
            format!("共同上级已指定或者双方已协商确定由 {other} 管辖；请将案件移送该机关"),
            format!("the common superior has designated {other}, or both agreed on it; hand the case over"),
        );
    }
    if dispute_open && designated.is_none() {
        return fault(
            "管辖争议尚未解决；请协商，协商不成的报共同的上一级行政机关指定管辖",
            "the dispute over jurisdiction is open; agree on it, or let the common superior designate one agency",
        );
    }
    Ok(())
}

/// The period of EN-LIMITATION.
const YEARS: i64 = 2;
/// The same where life and health or finance were harmed.
const YEARS_GRAVE: i64 = 5;

/// EN-LIMITATION: discovered within two (five) years of the end of the act, or within the time of the item's own law (法律另有规定
/// 的除外).
pub fn within_limitation(violation: &Violation, item: Option<&ItemFact>) -> Outcome {
    let Some(end) = violation.until else { return Ok(()) };
    let own = |rule: &Departure| if let Departure::Limitation { period } = rule { Some(*period) } else { None };
    if let Some((period, article)) = item.and_then(|item| item.departs(own)) {
        let last = end.saturating_add(match period {
            Period::Years(n) => Span::new().years(n),
            Period::Months(n) => Span::new().months(n),
            Period::CalendarDays(n) | Period::WorkingDays(n) => Span::new().days(n),
            Period::Hours(n) => Span::new().days(n.div_ceil(24)),
        });
        if violation.discovered <= last {
            return Ok(());
        }
        let (zh, en) = (period.to_zh(), period.to_en());
        return fault(
            format!(
                "违法行为终了于 {end}，{} 才被发现，已超过{article}规定的{zh}；不再给予处罚，请作出不予处罚决定",
                violation.discovered
            ),
            format!(
                "the violation ended on {end} and was discovered on {}, after the {en} of {article}; withhold the penalty",
                violation.discovered
            ),
        );
    }
    let years = if violation.grave { YEARS_GRAVE } else { YEARS };
    let last = end.saturating_add(Span::new().years(years));
    if violation.discovered > last {
        return fault(
            format!(
                "违法行为终了于 {end}，{} 才被发现，已超过{years}年；不再给予处罚，请作出不予处罚决定",
                violation.discovered
            ),
            format!(
                "the violation ended on {end} and was discovered on {}, after {years} years; withhold the penalty",
                violation.discovered
            ),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, day};

    #[test]
    fn an_agency_uses_its_own_item_in_force() {
        let agency = sample::agency();
        power(&agency.agency, Some(&agency), Some(&sample::item()), day("2024-03-01")).unwrap();
    }

    #[test]
    fn refuses_a_case_without_a_power_item() {
        let agency = sample::agency();
        let on = day("2024-03-01");
        power(&agency.agency, Some(&agency), None, on).unwrap_err();
        let foreign = ItemFact { agency: sample::OTHER_AGENCY.parse().unwrap(), ..sample::item() };
        power(&agency.agency, Some(&agency), Some(&foreign), on).unwrap_err();
        let licence = ItemFact { kind: PowerKind::Licence, ..sample::item() };
        power(&agency.agency, Some(&agency), Some(&licence), on).unwrap_err();
    }

    #[test]
    fn refuses_an_unqualified_body() {
        let on = day("2024-03-01");
        for kind in [AgencyKind::Unqualified, AgencyKind::EntrustedOrganisation] {
            let agency = AgencyFact { kind, ..sample::agency() };
            power(&agency.agency, Some(&agency), Some(&sample::item()), on).unwrap_err();
        }
        let gone = AgencyFact { existing: false, ..sample::agency() };
        power(&gone.agency, Some(&gone), Some(&sample::item()), on).unwrap_err();
        power(&gone.agency, None, Some(&sample::item()), on).unwrap_err();
    }

    #[test]
    fn refuses_detention_by_who_may_not_restrict_liberty() {
        let detention = [sample::fine(1), Penalty { days: Some(5), ..Penalty::of(PenaltyKind::Detention) }];
        let police = AgencyFact { may_restrict_liberty: true, ..sample::agency() };
        detains(&detention, Some(&police)).expect("detention").unwrap();
        detains(&detention, Some(&sample::agency())).expect("detention").unwrap_err();
        detains(&detention, None).expect("detention").unwrap_err();
        assert_eq!(detains(&detention[..1], Some(&sample::agency())), None);
    }

    #[test]
    fn a_violation_in_the_items_region_is_ours() {
        jurisdiction(Some(&sample::item()), &sample::violation(), None).unwrap();
        let township = Violation { region: "230883100".parse().unwrap(), ..sample::violation() };
        jurisdiction(Some(&sample::item()), &township, None).unwrap();
    }

    #[test]
    fn without_an_item_the_place_is_not_checked() {
        assert!(jurisdiction(None, &sample::violation(), None).unwrap_err().unknown);
    }

    #[test]
    fn a_designation_gives_jurisdiction() {
        let elsewhere = Violation { region: "230882".parse().unwrap(), ..sample::violation() };
        jurisdiction(Some(&sample::item()), &elsewhere, Some("指定管辖通知书1号")).unwrap();
        let agency = sample::agency().agency;
        jurisdiction_settled(&agency, true, Some(&agency)).unwrap();
    }

    #[test]
    fn refuses_a_violation_elsewhere() {
        let elsewhere = Violation { region: "230882".parse().unwrap(), ..sample::violation() };
        jurisdiction(Some(&sample::item()), &elsewhere, None).unwrap_err();
        jurisdiction(Some(&sample::item()), &elsewhere, Some(" ")).unwrap_err();
    }

    #[test]
    fn refuses_a_decision_during_a_dispute() {
        let agency = sample::agency().agency;
        jurisdiction_settled(&agency, true, None).unwrap_err();
        jurisdiction_settled(&agency, true, Some(&sample::OTHER_AGENCY.parse().unwrap())).unwrap_err();
        jurisdiction_settled(&agency, false, None).unwrap();
    }

    fn found(until: Option<&str>, discovered: &str, grave: bool) -> Outcome {
        found_under(&sample::item(), until, discovered, grave)
    }

    fn found_under(item: &ItemFact, until: Option<&str>, discovered: &str, grave: bool) -> Outcome {
        let (until, discovered) = (until.map(day), day(discovered));
        within_limitation(&Violation { until, discovered, grave, ..sample::violation() }, Some(item))
    }

    fn departing(line: &str) -> ItemFact {
        ItemFact { otherwise: vec![lists::facts::Otherwise::read(line).unwrap()], ..sample::item() }
    }

    #[test]
    fn the_time_of_the_items_own_law_holds() {
        let tax = departing("追责时效|5年|依照《中华人民共和国税收征收管理法》第八十六条");
        for discovered in ["2024-02-29", "2024-03-01"] {
            found_under(&tax, Some("2019-03-01"), discovered, false).unwrap();
        }
        let late = found_under(&tax, Some("2019-03-01"), "2024-03-02", false).unwrap_err();
        assert!(late.zh.contains("《中华人民共和国税收征收管理法》第八十六条"), "{}", late.zh);
        // A shorter one holds for grave acts, too.
        let police = departing("追责时效|6个月|依照《中华人民共和国治安管理处罚法》第二十五条");
        found_under(&police, Some("2023-09-01"), "2024-03-01", true).unwrap();
        found_under(&police, Some("2023-09-01"), "2024-03-02", true).unwrap_err();
    }

    #[test]
    fn another_jurisdiction_of_the_items_own_norm_is_not_checked() {
        let elsewhere = Violation { region: "230881".parse().unwrap(), ..sample::violation() };
        let item = departing("管辖|违法行为人居住地的机关|依照《甲法》第七条");
        let held = jurisdiction(Some(&item), &elsewhere, None).unwrap_err();
        assert!(held.unknown && held.zh.contains("《甲法》第七条"), "{}", held.zh);
        assert!(!jurisdiction(Some(&sample::item()), &elsewhere, None).unwrap_err().unknown);
        jurisdiction(Some(&item), &sample::violation(), None).unwrap();
    }

    #[test]
    fn a_violation_found_on_the_last_day_counts() {
        found(Some("2022-03-01"), "2024-03-01", false).unwrap();
        found(Some("2019-03-01"), "2024-03-01", true).unwrap();
    }

    #[test]
    fn a_violation_that_goes_on_is_never_past() {
        found(None, "2024-03-01", false).unwrap();
    }

    #[test]
    fn refuses_a_violation_found_a_day_after_two_years() {
        found(Some("2022-03-01"), "2024-03-02", false).unwrap_err();
    }

    #[test]
    fn refuses_a_grave_violation_after_five_years() {
        found(Some("2019-03-01"), "2024-03-02", true).unwrap_err();
    }
}
