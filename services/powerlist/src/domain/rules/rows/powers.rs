//! What a row takes of a power, and who acts in its own name.

use law::{
    Citation,
    check::fault,
    citation::{ACL, APL, ARL},
};
use lists::facts::{AgencyKind, PowerKind};

use super::Outcome;
use crate::domain::{
    facts::AgencyFact,
    listing::{ItemFact, ListKind, RowContent},
};

law::card! {
    /// What is spared is a power of the agency. 1. The agency. 2. The row with the power item that it speaks of: its kind, whose it is, and of a
    /// compulsory power what it does. 3. The item in force on the row's first day. 4. 法律、行政法规另有规定 (APL 33(2)) is in the law of the
    /// violation, and the terms of the row state it. 5. An item that is not in force is not found, which is told before any rule. 6. Naming
    /// another's item, or one of another kind; an item cancelled later leaves the row, which the list shows beside it. 7. Refused when handled,
    /// recorded when reported. 8. APL 33; ACL 16(2), which speaks of measures, not of execution; that there are such lists, the plans want.
    PL_SPARED "PL-SPARED" Gate "免罚和不予强制事项" "what is spared"; Citation::article(&APL, 33), Citation::paragraph(&ACL, 16, 2);
    "包容免罚清单的事项须对应本机关的行政处罚事项，不予行政强制清单的事项须对应本机关的行政强制措施事项";
    "a row without a penalty speaks of a penalty of the agency, and one without compulsion of a compulsory measure of the agency";
    plans "XS 五4"; compares "清单事项与所对应的权力事项" "the row with the power item that it speaks of";
    except "法律、行政法规另有规定的" "where a law or administrative regulation says otherwise"; since 2021 7 15;
    allows a_penalty_of_the_agency_is_spared, a_measure_of_the_agency_is_spared;
    refuses refuses_to_spare_what_is_no_penalty, refuses_to_spare_another_agency_s_penalty, execution_is_not_spared
}

/// Whether the row speaks of a power that can be spared.
pub fn pl_spared(row: &RowContent, item: Option<&ItemFact>) -> Outcome {
    // Without a code PL-ROW speaks.
    let Some(item) = item else { return Ok(()) };
    let wanted = if row.list == ListKind::NoPenalty { PowerKind::Penalty } else { PowerKind::Compulsion };
    if item.agency != row.agency {
        return fault(
            format!("所对应的权力事项属于{}，不是本机关的事项", item.agency),
            format!("the power item is held by {}, and not by this agency", item.agency),
        );
    }
    if item.kind != wanted {
        return fault(
            format!("所对应的权力事项是{}，应为{}事项", item.kind.zh(), wanted.zh()),
            format!("the power item is of the kind {}, and must be {}", item.kind.en(), wanted.en()),
        );
    }
    let executes = !item.compels.is_empty() && item.compels.iter().all(|what| what.executes());
    if executes {
        return fault(
            "行政强制执行不适用行政强制法第十六条第二款，只有行政强制措施可以不采取",
            "ACL 16(2) speaks of measures: compulsory execution is not forborne under it",
        );
    }
    Ok(())
}

law::card! {
    /// Who makes normative documents is an organ or an authorised organisation. 1. The body that is listed. 2. The body with what it is
    /// registered as. 3. Its registration on the row's first day. 4. None. 5. A body that is not registered is not found. 6. An ad-hoc body, an
    /// internal one or an office of a committee, registered under another kind: its registration states the kind with its document. 7. Refused
    /// when handled, recorded when reported. 8. ARL 13(1) names whose documents there are: governments, their departments, organisations
    /// authorised by law, regulation or rule; that there is a list of them, the plans want.
    PL_MAKER "PL-MAKER" Gate "规范性文件制定主体" "makers of normative documents"; Citation::paragraph(&ARL, 13, 1);
    "行政规范性文件由人民政府及其工作部门、法律法规规章授权的组织制定；临时机构、议事协调机构、内设机构和受委托组织不得制定";
    "normative documents are made by governments, their departments and organisations authorised by law; no ad-hoc, coordinating, internal or entrusted body makes any";
    plans "XS 三1" "SB 四"; compares "制定主体与其登记的主体性质" "the maker with what it is registered as"; since 2024 1 1;
    allows an_organ_or_an_authorised_organisation_makes_documents; refuses no_internal_or_entrusted_body_makes_documents
}

/// Whether the agency acts in its own name: as an organ, or authorised by law.
pub fn pl_qualified(agency: Option<&AgencyFact>) -> Outcome {
    // An agency that is not registered is told before any rule.
    let Some(agency) = agency else { return Ok(()) };
    match agency.kind {
        AgencyKind::AdministrativeOrgan | AgencyKind::AuthorisedOrganisation => Ok(()),
        AgencyKind::EntrustedOrganisation | AgencyKind::Unqualified => fault(
            format!("{}登记为{}，不得以自己的名义列入该清单", agency.name, agency.kind.zh()),
            format!("{} is registered as {} and is not listed here in its own name", agency.name, agency.kind.en()),
        ),
    }
}
