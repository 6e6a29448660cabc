//! Who may be given a certificate, and who may review.

use jiff::civil::{Date, date};
use law::{
    Citation, Fault, Label, ParameterCard,
    citation::{ACL, APL, LGO},
    parameter::{Least, Unit, Value},
};
use lists::facts::OfficerRole;

/// Lowest score of a passed examination, in percent. The province sets the examination; sixty is its usual pass mark.
pub const PASS_MARK: u16 = 60;
/// Before this day reviewers were not asked for the qualification: the clause came with the amendment of 2017.
const QUALIFICATION_ASKED_SINCE: Date = date(2018, 1, 1);

law::card! {
    /// No certificate without a passed examination, no new reviewer without the qualification.
    OF_EXAM "OF-EXAM" Gate "考试合格发证" "examination before certificate"; Citation::paragraph(&APL, 58, 2), Citation::paragraph(&APL, 42, 1),
        Citation::paragraph(&ACL, 17, 3);
    "未经考试合格不发执法证；初次从事法制审核的人员须取得国家统一法律职业资格";
    "no certificate without a passed examination; nobody becomes a legal reviewer for the first time without the legal profession qualification";
    plans "FY 24" "XS 五3"; params "pass_mark_percent" = PASS_MARK "percent"; since 2018 1 1;
    allows issues_a_certificate_after_the_examination, registers_a_qualified_reviewer,
        a_reviewer_of_before_2018_needs_no_qualification, reviews_by_a_qualified_reviewer;
    refuses refuses_a_certificate_without_examination, refuses_a_certificate_before_the_examination,
        refuses_a_certificate_for_auxiliary_staff, refuses_a_new_reviewer_without_the_qualification,
        refuses_a_review_by_someone_else
}

/// Whether the person may be given a certificate that begins on `from`.
pub fn of_exam_certificate(role: OfficerRole, examined: Option<Date>, from: Date) -> Result<(), Fault> {
    if role == OfficerRole::Auxiliary {
        return Err(Fault::new("辅助人员不得取得执法证", "auxiliary staff cannot hold an enforcement certificate"));
    }
    match examined {
        Some(day) if day <= from => Ok(()),
        Some(day) => Err(Fault::new(
            format!("执法证起始日{from}早于考试合格日{day}"),
            format!("the certificate would begin on {from}, before the examination was passed on {day}"),
        )),
        None => Err(Fault::new(
            "没有考试合格记录，不得发放执法证",
            "there is no record of a passed examination, so no certificate",
        )),
    }
}

/// Whether the person may review: the role, and the qualification unless reviewing since before it was asked for.
pub fn of_exam_reviewer(
    name: &str,
    role: OfficerRole,
    legal_qualification: bool,
    reviewing_since: Option<Date>,
) -> Result<(), Fault> {
    if role != OfficerRole::LegalReviewer {
        return Err(Fault::new(
            format!("{name}不是法制审核人员，不得进行合法性审核"),
            format!("{name} is no legal reviewer and cannot sign a legal review"),
        ));
    }
    if legal_qualification || reviewing_since.is_some_and(|since| since < QUALIFICATION_ASKED_SINCE) {
        return Ok(());
    }
    Err(Fault::new(
        format!("{name}初次从事法制审核，尚未取得法律职业资格"),
        format!("{name} is new to legal review and does not hold the legal profession qualification"),
    ))
}

law::card! {
    /// Training of the year before a renewal.
    OF_TRAIN "OF-TRAIN" Limit "年度培训学时" "yearly training"; Citation::paragraph(&APL, 42, 1);
    "执法人员每年培训学时不少于规定数；未达到的，不予换发执法证";
    "officers train a set number of hours a year; who did not is not given a renewed certificate";
    plans "FY 39" "XS 十4" "SB 六";
    compares "换证前一年记录的学时与该年末适用的学时数" "the hours on record for the year before the renewal with the number in force at its end";
    since 2021 7 15;
    allows renews_after_sixty_hours, the_first_certificate_needs_no_training_year;
    refuses refuses_renewal_after_fifty_nine_hours
}

/// Hours of training a year. The Outline says 不少于: a region may ask for more.
pub static TRAINING_HOURS: ParameterCard = ParameterCard {
    id: "OF-TRAIN-HOURS",
    label: Label::new("执法人员每年培训学时", "hours of training of an officer a year"),
    unit: Unit::Hours,
    default: Some(60),
    source: Label::new(
        "《法治政府建设实施纲要（2021—2025年）》：每人每年不少于60学时",
        "the Outline for Building a Law-Based Government: at least 60 hours a year for each officer",
    ),
    citation: Citation::whole(&LGO),
    least: Some(Least { count: 60, citation: Citation::whole(&LGO) }),
    by_field: false,
    rules: &[&OF_TRAIN],
};

/// Whether the hours of a year reach the number that the region asks for.
pub fn of_train(year: i16, hours: u32, least: &Value) -> Result<(), Fault> {
    if i64::from(hours) >= least.count() {
        return Ok(());
    }
    Err(Fault::new(
        format!("{year}年培训{hours}学时，少于应有的{}", least.zh()),
        format!("{hours} hours of training in {year}, fewer than {}", least.en()),
    ))
}
