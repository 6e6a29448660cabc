//! What a row has, and on which ground it changes.

use law::{
    Citation,
    check::{blank, fault},
    citation::{ALL, BER, MAD, OGI},
};

use super::Outcome;
use crate::domain::{
    content::LegalBasis,
    listing::{RowContent, Value},
};

law::card! {
    /// A row has what its list owes. 1. The agency whose list it is. 2. The row with the columns of its list. 3. The law of the day of
    /// the act. 4. None: what an article leaves to the case (数量限制) is no column that must be filled. 5. Missing is missing: an empty
    /// cell says nothing. 6. Filling a cell with words that say nothing cannot be told from words that do. 7. Refused when handled,
    /// recorded when reported. 8. Licences ALL 30 and OGI 20(五); fees OGI 20(八); services BER 35; intermediary services BER 43(1);
    /// proofs BER 44(3); inspections OGI 20(六) and BER 54; decisions MAD 11. What beyond these is a column that must be
    /// filled, the plans want (BT 4: materials, sample forms, common mistakes, time).
    PL_ROW "PL-ROW" Gate "清单要素齐全" "elements of a row"; Citation::article(&OGI, 20), Citation::article(&ALL, 30), Citation::article(&BER, 35),
        Citation::paragraph(&BER, 43, 1), Citation::paragraph(&BER, 44, 3), Citation::article(&MAD, 11);
    "清单事项须列明名称、依据和该清单规定的各项要素，方可公布";
    "a row is published only with its name, its basis and every element that its list owes";
    plans "FY 2" "BT 4" "TA 3"; compares "清单事项与该清单应有的要素" "the row with the columns of its list"; since 2019 5 15;
    allows publishes_a_row_of_every_list;
    refuses refuses_a_row_without_any_one_of_its_elements, refuses_a_row_without_a_basis_where_its_list_owes_one
}

/// The elements that are missing.
pub fn pl_row(row: &RowContent) -> Outcome {
    let says = |value: &Value| match value {
        Value::Text(text) => !blank(text),
        Value::Texts(texts) => texts.iter().any(|text| !blank(text)),
        Value::YesNo(_) | Value::Number(_) | Value::Days(_) => true,
    };
    let mut absent: Vec<(&str, &str)> = Vec::new();
    if blank(&row.name) {
        absent.push(("名称", "name"));
    }
    let whole = |b: &LegalBasis| !blank(&b.statute) && !blank(&b.article);
    if row.list.spec().based && (row.bases.is_empty() || !row.bases.iter().all(whole)) {
        absent.push(("依据", "basis"));
    }
    let missing = row.list.parts().iter().filter(|spec| spec.required && !row.said(spec).is_some_and(says));
    absent.extend(missing.map(|spec| (spec.label.zh, spec.label.en)));
    if absent.is_empty() {
        return Ok(());
    }
    let zh = absent.iter().map(|(zh, _)| *zh).collect::<Vec<_>>().join("、");
    let en = absent.iter().map(|(_, en)| *en).collect::<Vec<_>>().join(", ");
    fault(
        format!("{}的事项缺少{zh}，补齐后方可公布", row.list.zh()),
        format!("the row of the list of {} lacks: {en}; complete it before publication", row.list.en()),
    )
}

law::card! {
    /// No change without a ground and its document. 1. Whoever publishes the list. 2. The ground with what was published before: first
    /// compilation is the ground of what never was. 3. The law of the day of the act. 4. None. 5. A document that is not named is none.
    /// 6. Cancelling and publishing anew: a row that was ever published is not compiled for the first
    /// time, nor is one of the same name that ended under another code. 7. Refused when handled,
    /// recorded when reported. 8. BER 40 has the licences' list adjusted and published, BER 44(3) the proofs'; that a list changes on a
    /// ground only, the plans want (BT 2: 法律法规立改废释、机构和职能调整).
    PL_ROW_GROUND "PL-ROW-GROUND" Gate "清单调整事由" "grounds to change a row"; Citation::article(&BER, 40), Citation::paragraph(&BER, 44, 3);
    "清单事项的新增、变更、取消须写明法定事由和所依据的文件";
    "a row is added, changed or cancelled only on a stated ground with its document";
    plans "BT 2" "FY 2"; compares "调整事由与该事项是否公布过" "the ground with what was published before"; since 2020 1 1;
    allows publishes_a_row_of_every_list, changes_a_row_on_a_ground, cancels_a_row_on_a_ground;
    refuses refuses_a_row_without_its_document, refuses_first_compilation_of_a_row_that_came_back,
        refuses_first_compilation_of_a_row_that_came_back_under_another_code,
        refuses_to_cancel_a_row_without_a_document
}
