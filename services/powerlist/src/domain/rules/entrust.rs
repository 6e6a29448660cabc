//! What may be entrusted, to whom, and what the document says of it.

use law::{
    Citation, Fault,
    check::blank,
    citation::{ACL, ALL, APL},
};
use lists::facts::{AgencyKind, Entrustment, PowerKind, Qualification};

law::card! {
    /// A power is lent in writing, for some matters and for some time. 1. The organ that entrusts, for which the list office enters the body. 2. Document,
    /// matters, term and publication; the body with what APL 21 asks of it. 3. The entrustment as it is entered; a renewal is entered
    /// anew. 4. None. 5. A body entered without matters and term, or a document not yet public: not known. 6. Entering a measure by its code instead of
    /// its kind, or letting an entrusted body entrust another: the code is read, and the organ must be an administrative organ (PL-BODY). 7. Refused
    /// when handled, recorded when reported. 8. In writing, with matters and term, made public: APL 20; who may be entrusted: 21; licences only to
    /// administrative organs: ALL 24; no measures: ACL 17(1).
    PL_ENTRUST "PL-ENTRUST" Gate "委托的书面、范围和对象" "document, matters and body of an entrustment"; Citation::article(&APL, 20), Citation::article(&APL, 21),
        Citation::article(&ALL, 24), Citation::paragraph(&ACL, 17, 1);
    "委托须有书面委托书，载明具体事项和期限并向社会公布；受委托组织须具有管理公共事务职能和持证人员；行政许可只能委托行政机关，行政强制措施不得委托";
    "an entrustment is in writing, names its matters and its term and is made public; the body has functions of public affairs and certified staff; a licence is entrusted to an administrative organ only, a compulsory measure to nobody";
    plans "TA 13";
    compares "委托书的事项、期限和受委托组织的条件与法律" "matters, term and body of the entrustment with the law"; since 2012 1 1;
    allows an_entrustment_names_matters_term_and_document;
    refuses refuses_an_entrustment_without_matters_or_against_its_term, refuses_to_entrust_measures_and_licences_to_an_organisation
}

/// What is wrong with an entrustment to a body of this kind.
pub fn pl_entrust(kind: AgencyKind, terms: Option<&Entrustment>) -> Result<(), Fault> {
    let unknown = |zh: &str, en: &str| Err(Fault { unknown: true, ..Fault::new(zh, en) });
    let fault = |zh: &str, en: &str| Err(Fault::new(zh, en));
    let Some(terms) = terms else {
        return unknown(
            "没有登记委托书的事项和期限，未予核对",
            "matters and term of the entrustment are not on record, so it was not checked",
        );
    };
    if blank(&terms.document) {
        return fault("委托须有书面委托书", "an entrustment needs its document");
    }
    if terms.until < terms.from {
        return fault("委托期限的终止日早于起始日", "the entrustment ends before it begins");
    }
    if terms.kinds.is_empty() && terms.items.is_empty() {
        return fault(
            "委托书没有载明委托的具体事项；请写明职权类型或者基本编码",
            "the document names no matters; name kinds of powers or base codes",
        );
    }
    if terms.touches(PowerKind::Compulsion) {
        return fault(
            "行政强制措施权不得委托（行政强制法第十七条）；请从委托事项中去掉",
            "compulsory measures are not entrusted (ACL 17); take them out of the matters",
        );
    }
    if terms.touches(PowerKind::Licence) && kind != AgencyKind::AdministrativeOrgan {
        return fault(
            "行政许可只能委托其他行政机关实施（行政许可法第二十四条）",
            "a licence is entrusted to another administrative organ only (ALL 24)",
        );
    }
    let lacks = |what: Qualification| !terms.meets.contains(&what);
    if kind == AgencyKind::EntrustedOrganisation
        && let Some(lacking) =
            [Qualification::PublicFunctions, Qualification::CertifiedStaff].into_iter().find(|q| lacks(*q))
    {
        return Err(Fault::new(
            format!("没有写明受委托组织具备{}（行政处罚法第二十一条）", lacking.zh()),
            format!("the entrusted organisation is not said to have {} (APL 21)", lacking.en()),
        ));
    }
    if terms.published_on.is_none() {
        return unknown(
            "没有登记委托书向社会公布的日期，未予核对",
            "the day on which the document was made public is not on record, so it was not checked",
        );
    }
    Ok(())
}
