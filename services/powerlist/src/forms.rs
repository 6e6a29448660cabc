//! How long the texts of the lists may be, and which of them have lines: the same for requests and for cells of sheets.

use kernel::text::Form;

/// A name.
pub(crate) const NAME: Form = Form::line(100);
/// A person's name.
pub(crate) const PERSON: Form = Form::line(50);
/// A short name.
pub(crate) const SHORT_NAME: Form = Form::line(30);
/// A field of enforcement, and other short words.
pub(crate) const FIELD: Form = Form::line(50);
/// The unit of a quantity.
pub(crate) const UNIT: Form = Form::line(20);
/// What the catalogue of codes knows a department by.
pub(crate) const DEPARTMENT: Form = Form::line(3);
/// The number of a measure in its plan.
pub(crate) const NUMBER: Form = Form::line(20);
/// The name of a parameter.
pub(crate) const PARAMETER: Form = Form::line(60);
/// The number of a certificate, the code of a tier.
pub(crate) const CERTIFICATE: Form = Form::line(40);
/// A document's title, a condition.
pub(crate) const TITLE: Form = Form::line(300);
/// A line of an item: kind, range and parts.
pub(crate) const OUTCOME: Form = Form::line(1500);
/// Who is responsible.
pub(crate) const RESPONSIBLE: Form = Form::lines(300);
/// A place of publication, a reference, the title of a statute.
pub(crate) const PLACE: Form = Form::line(200);
/// What an article says, in its own words or summed up.
pub(crate) const SUMMARY: Form = Form::line(4000);
/// What a duty is.
pub(crate) const DUTY: Form = Form::line(2000);
/// How an item is supervised.
pub(crate) const SUPERVISION: Form = Form::lines(1000);
/// A short reason.
pub(crate) const REASON: Form = Form::lines(500);
/// A longer text.
pub(crate) const TEXT: Form = Form::lines(2000);
