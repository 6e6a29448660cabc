//! Whether what a basis cites stands in the texts of statutes on record.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use law::{
    Citation, Fault,
    citation::{APL, OGI},
};

use crate::domain::{
    content::LegalBasis,
    statute::{self, CitationHeld, hold},
};

law::card! {
    /// What is cited stands there. 1. Whoever publishes the list. 2. Each basis with the text of its statute in force on the
    /// item's first day: title, version, level, issuer, article, paragraph and item. 3. The text in force on the item's first day,
    /// by which its acts will be judged (APL 37). 4. None. 5. A statute, a version or a level that is not on record leaves the basis
    /// not checked, which the published item carries: neither satisfied nor broken. 6. Writing the title or the place in a way that
    /// nobody finds makes it not checked, which is counted and shown; a later change of the texts is PL-CITED's. 7. Refused when
    /// handled, recorded when reported. 8. The basis is information to be published (OGI 20(五)(六)), and accurately (OGI 6(1)); a
    /// penalty without a basis is void (APL 38(1)). Neither PL-ELEMENTS, which asks that a basis is named, nor PL-BASIS-LEVEL,
    /// which asks what a norm of its level may create, says that it is named rightly: so it is a rule of its own.
    PL_CITE "PL-CITE" Gate "依据与文本相符" "bases as the texts have them"; Citation::paragraph(&OGI, 6, 1), Citation::article(&OGI, 20),
        Citation::paragraph(&APL, 38, 1);
    "事项所列依据须与收录的法律文本相符：在事项生效日施行，确有所引条、款、项，层级和制定机关无误；文本未收录的，标明未核对";
    "every basis must be as the text on record has it: in force on the item's first day, with the article, paragraph and item cited, of that level and by that issuer; without a text it is marked as not checked";
    plans "FY 2" "BT 2";
    compares "所列依据与事项生效日施行的法律文本" "each basis with the text in force on the item's first day";
    since 2019 5 15;
    allows publishes_what_the_text_has, a_basis_without_a_text_is_marked_as_not_checked;
    refuses refuses_an_article_that_is_not_there, refuses_a_statute_that_was_repealed, refuses_another_level_than_the_text_s
}

law::card! {
    /// What is published still stands there. As PL-CITE, of an item in force, when texts change: an amendment or a repeal that the
    /// register learns of. 4. None. 6. Publishing the item anew is held against PL-CITE; taking the text off the record is not
    /// possible. 7. Recorded, in both modes: the list is in force, and its fault is better known than hidden. 8. Accuracy is owed as
    /// long as it is published (OGI 6(1), 6(2): what is found to be wrong is put right); no time is given, so there is no clock.
    PL_CITED "PL-CITED" Duty "依据随法更新" "bases follow the law"; Citation::article(&OGI, 6), Citation::article(&OGI, 20);
    "法律文本修改、废止后，已公布事项所列依据与之不符的，应当及时调整清单";
    "when a statute is amended or repealed and a published item no longer cites it as it stands, the list is adjusted";
    plans "BT 2";
    compares "已公布事项所列依据与现行法律文本" "the bases of published items with the texts as they stand";
    since 2019 5 15;
    allows a_text_that_comes_later_makes_the_basis_checked;
    refuses an_amendment_leaves_a_finding_on_the_item_that_cites_the_older_text
}

/// What comes of each basis, and of all: the faults of every one, or, where none is wrong, those that nobody could check.
pub fn pl_cite(
    bases: &[LegalBasis],
    statutes: &BTreeMap<String, Arc<statute::State>>,
    day: Date,
) -> (Vec<CitationHeld>, Result<(), Fault>) {
    let held: Vec<_> = bases
        .iter()
        .map(|basis| (basis, hold(basis, statutes.get(&statute::key(&basis.statute)).map(AsRef::as_ref), day)))
        .collect();
    let told = |unknown: bool| {
        let faults: Vec<_> = held
            .iter()
            .filter_map(|(basis, (_, result))| Some((basis, result.as_ref().err()?)))
            .filter(|(_, fault)| fault.unknown == unknown)
            .collect();
        let zh: Vec<_> = faults.iter().map(|(b, f)| format!("《{}》{}", b.statute, f.zh)).collect();
        let en: Vec<_> = faults.iter().map(|(b, f)| format!("{} {}", b.statute, f.en)).collect();
        (!faults.is_empty()).then(|| Fault { unknown, ..Fault::new(zh.join("；"), en.join("; ")) })
    };
    let fault = told(false).or_else(|| {
        told(true).map(|fault| {
            let (zh, en) = (format!("未核对：{}", fault.zh), format!("not checked: {}", fault.en));
            Fault { unknown: true, ..Fault::new(zh, en) }
        })
    });
    let citations = held.into_iter().map(|(_, (citation, _))| citation).collect();
    (citations, fault.map_or(Ok(()), Err))
}
