//! A matter that a person brings over the web, without a clerk: registered as it comes, with everything that the person says,
//! hands in or is called sealed.

use kernel::{
    ExecuteError, Fields, Role,
    citizen::DigestKey,
    sealed::{Kept, Secret},
    text::Form,
};
use law::{Refusal, id::RegionCode};
use prost::Message as _;
use proto::{
    complaints::v1::{Attachment, Identity, SubmitComplaintRequest, SubmitComplaintResponse},
    limits::{ATTACHMENT_BYTES_MAX, ATTACHMENT_NAME_MAX, ATTACHMENT_TYPES, ATTACHMENTS_MAX},
};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::{
    app::Api,
    domain::{
        complaint::{Complaints, Step},
        events::{ComplaintRegistered, SealedFile},
        receivers,
        words::{Channel, Kind, Way},
    },
    person::{public_call, take},
};

/// Names of matters that are brought over the web are made of this one and the command's: a repeat names the same.
const OVER_THE_WEB: Uuid = Uuid::from_u128(0x2f0c_4b7e_9a31_5c8d_8e64_71d3_b05a_c219);

/// Registers it, and gives its receipt.
pub(crate) async fn submit(
    api: &Api,
    mut request: Request<SubmitComplaintRequest>,
) -> Result<Response<SubmitComplaintResponse>, Status> {
    let mut f = Fields::new();
    let (secrets, files) = secrets(&mut f, request.get_mut(), api.edge.key()?);
    let mut call = public_call(api, &request, "command_id", &request.get_ref().command_id)?;
    let r = request.get_ref();
    if r.text.is_empty() {
        f.required("text");
    }
    let kind = f.word::<Kind>("kind", r.kind);
    if kind == Some(Kind::Reprisal) {
        f.wrong(
            "kind",
            "打击报复请凭原事项的查询码反映，或者当面反映",
            "a reprisal is told under the receipt of the complaint that it was for, or in person",
        );
    }
    let region = f.maybe_of::<RegionCode>("region", &r.region);
    let against = f.ids("against", &r.against);
    let score = f.maybe_word("score", r.score);
    let (Some(kind), Some(region), Some(against), Some(score)) = (kind, region, against, score) else {
        return Err(f.status());
    };
    f.finish()?;
    let region = region.unwrap_or_else(|| call.caller.region.clone());
    let Some(agency) = receivers::receiver(&api.receivers, &region, kind, &against).cloned() else {
        return Err(ExecuteError::from(nobody_receives(&region)).into());
    };
    let region = api.lists.place(&agency, call.act.day(), &region).region;
    let now = call.act.at;
    call.of_a_person("complainant", None, region.clone(), Role::Intake, now);
    let id = Uuid::new_v5(&OVER_THE_WEB, call.command_id.as_bytes());
    let kept = api.edge.seal(call.command_id, &id.to_string(), secrets).await?;
    let registered = ComplaintRegistered {
        complaint: id,
        number: String::new(),
        kind,
        channel: Channel::Web,
        agency,
        agency_name: String::new(),
        region,
        received: call.act.day(),
        complainant: kept.pseudonym("identity"),
        identity: kept.text("identity"),
        sealed: kept.text("text"),
        attachments: files.into_iter().filter_map(|file| file.kept(&kept)).collect(),
        // By the receipt, whoever it is.
        reachable: true,
        summary: String::new(),
        against,
        against_officers: Vec::new(),
        // What the office thinks of it is said with the summary.
        way: Way::Ordinary,
        item: None,
        item_name: String::new(),
        place: None,
        norm: None,
        about: None,
        score,
        receipt_wanted: true,
        source: None,
        at: Some(call.act.at),
    };
    let taken = take(api, call, id, Step::from(registered), &kept).await?;
    let registered = taken.state.registered.as_deref();
    let registered = registered.ok_or_else(|| ExecuteError::internal("a matter was registered and is not there"))?;
    Ok(Response::new(SubmitComplaintResponse {
        receipt: Some(taken.receipt),
        id: taken.id,
        number: registered.number.clone(),
        organ: registered.agency_name.clone(),
        receipt_code: api.edge.receipt_code::<Complaints>(id).await?,
    }))
}

fn nobody_receives(region: &RegionCode) -> Refusal {
    Refusal::state(
        "NO_RECEIVER",
        format!("没有机关在网上接收 {region} 的该类事项；请以书信、电话或者走访的方式向有权处理的机关提出"),
        format!("no organ receives such a matter of {region} over the web; bring it by letter, telephone or in person"),
    )
}

/// A file that is on its way to the vault, and what the record says of it.
struct File {
    path: String,
    media_type: &'static str,
    size_kib: u64,
}

impl File {
    fn kept(self, kept: &Kept) -> Option<SealedFile> {
        let Self { path, media_type, size_kib } = self;
        Some(SealedFile { sealed: kept.text(&path)?, media_type: media_type.to_owned(), size_kib })
    }
}

/// What of a request goes to the vault and nowhere else; keyed digests are left in its place.
fn secrets(f: &mut Fields, r: &mut SubmitComplaintRequest, key: &DigestKey) -> (Vec<Secret>, Vec<File>) {
    let mut secrets: Vec<Secret> = Secret::text(f, "text", &mut r.text, key).into_iter().collect();
    let nothing_said = |identity: &Identity| {
        let Identity { name, id_number, phone, address } = identity;
        [name, id_number, phone, address].into_iter().all(|text| text.trim().is_empty())
    };
    if let Some(mut identity) = r.identity.take().filter(|identity| !nothing_said(identity)) {
        secrets.push(Secret::identity(f, "identity", &mut identity, key));
        r.identity = Some(identity);
    }
    f.at_most("attachments", &r.attachments, ATTACHMENTS_MAX);
    let mut files = Vec::with_capacity(r.attachments.len().min(ATTACHMENTS_MAX));
    for (i, attachment) in r.attachments.iter_mut().enumerate() {
        let path = format!("attachments[{i}]");
        let mut whole = std::mem::take(attachment);
        attachment.content = key.digest_bytes(&whole.encode_to_vec()).into_bytes();
        if i < ATTACHMENTS_MAX
            && let Some(file) = sniffed(f, &path, &mut whole)
        {
            secrets.push(Secret::file(&path, whole.encode_to_vec()));
            files.push(file);
        }
    }
    (secrets, files)
}

/// What a file is by its bytes, whatever its name says, which is written as text is kept; `None` where it is refused.
fn sniffed(f: &mut Fields, path: &str, file: &mut Attachment) -> Option<File> {
    let size = file.content.len();
    if size == 0 || size > ATTACHMENT_BYTES_MAX {
        f.wrong(
            &format!("{path}.content"),
            format!("文件有{size}字节，应为1至{ATTACHMENT_BYTES_MAX}字节"),
            format!("has {size} bytes; 1 to {ATTACHMENT_BYTES_MAX} are allowed"),
        );
        return None;
    }
    let name = &format!("{path}.name");
    file.name = f.read(name, &file.name, Form::line(ATTACHMENT_NAME_MAX))?;
    if file.name.is_empty() {
        f.required(name);
        return None;
    }
    let found = infer::get(&file.content).map(|kind| kind.mime_type());
    let Some(media_type) = ATTACHMENT_TYPES.into_iter().find(|allowed| found == Some(*allowed)) else {
        f.wrong(
            &format!("{path}.content"),
            "不是JPEG、PNG图片，也不是PDF文件",
            "is neither a JPEG or PNG picture nor a PDF",
        );
        return None;
    };
    Some(File { path: path.to_owned(), media_type, size_kib: size.div_ceil(1024) as u64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    fn key() -> DigestKey {
        DigestKey::new([7; 32])
    }

    fn file(name: &str, content: &[u8]) -> Attachment {
        Attachment { name: name.to_owned(), content: content.to_vec() }
    }

    /// What is told of these files, and what is left of the request.
    fn read(attachments: Vec<Attachment>) -> (Vec<(&'static str, u64)>, String, SubmitComplaintRequest) {
        let mut f = Fields::new();
        let mut request = SubmitComplaintRequest { text: "证人在楼上".into(), attachments, ..Default::default() };
        let (_, files) = secrets(&mut f, &mut request, &key());
        let told = f.finish().err().map(|status| status.message().to_owned()).unwrap_or_default();
        (files.iter().map(|file| (file.media_type, file.size_kib)).collect(), told, request)
    }

    #[test]
    fn a_file_is_what_its_bytes_show() {
        let jpeg: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F'];
        let pdf = b"%PDF-1.7\n";
        let (kinds, told, _) = read(vec![file("a.exe", PNG), file("b", jpeg), file("c.jpg", pdf)]);
        assert_eq!(kinds, [("image/png", 1), ("image/jpeg", 1), ("application/pdf", 1)]);
        assert_eq!(told, "");
        let html = b"<!doctype html><script>alert(1)</script>";
        let zip = b"PK\x03\x04\x14\0";
        for (name, bytes) in [("a.png", &html[..]), ("a.png", zip), ("a.png", b"x"), ("a.svg", b"<svg/>")] {
            let (kinds, told, _) = read(vec![file(name, bytes)]);
            assert!(kinds.is_empty() && told.contains("attachments[0].content"), "{told}");
        }
    }

    #[test]
    fn a_file_too_large_too_empty_or_one_too_many_is_named() {
        let large = [PNG, &vec![0; ATTACHMENT_BYTES_MAX - PNG.len()]].concat();
        assert_eq!(read(vec![file("a", &large)]).0, [("image/png", 4096)]);
        for (content, what) in [([&large[..], b"0"].concat(), "4194305"), (Vec::new(), "0 bytes")] {
            assert!(read(vec![file("a", PNG), file("b", &content)]).1.contains(what));
        }
        let six = vec![file("a", PNG); ATTACHMENTS_MAX + 1];
        assert!(read(six).1.contains("at most 5"));
        assert!(read(vec![file(" ", PNG)]).1.contains("attachments[0].name"));
    }

    #[test]
    fn nothing_that_a_person_says_is_left_in_the_request() {
        let (_, _, left) = read(vec![file("楼上的证人.png", PNG)]);
        let bytes = left.encode_to_vec();
        for canary in ["证人在楼上".as_bytes(), "楼上的证人".as_bytes(), PNG] {
            assert!(!bytes.windows(canary.len()).any(|window| window == canary));
        }
    }
}
