//! The RPCs: steps are carried out by the kernel; what comes from another system is registered entry by entry.

use kernel::{
    Call, Fields,
    procedure::{self, Taken},
    sealed::Kept,
};
use prost::Message as _;
use proto::{
    common::v1::Recorded,
    complaints::v1::{complaints_server::Complaints, *},
};
use sha2::{Digest as _, Sha256};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::{
    app::Api,
    domain::{complaint, events::Source},
    person, submit,
    wire::{self, registration},
};

/// Most matters of one import.
const ENTRIES_MAX: usize = 500;
/// Names of matters that come from elsewhere are made of this one, the system and its number.
const ELSEWHERE: Uuid = Uuid::from_u128(0x6b1d_7a0e_52c4_5d43_9f0b_3c8f_1e27_a905);

#[tonic::async_trait]
impl Complaints for Api {
    proto::complaints_steps!(kernel::serve);

    async fn read_identity(
        &self,
        request: Request<ReadIdentityRequest>,
    ) -> Result<Response<ReadIdentityResponse>, Status> {
        person::identity(self, request).await
    }

    async fn read_text(&self, request: Request<ReadTextRequest>) -> Result<Response<ReadTextResponse>, Status> {
        person::text(self, request).await
    }

    async fn read_attachment(
        &self,
        request: Request<ReadAttachmentRequest>,
    ) -> Result<Response<ReadAttachmentResponse>, Status> {
        person::attachment(self, request).await
    }

    async fn submit_complaint(
        &self,
        request: Request<SubmitComplaintRequest>,
    ) -> Result<Response<SubmitComplaintResponse>, Status> {
        submit::submit(self, request).await
    }

    async fn follow_complaint(
        &self,
        request: Request<FollowComplaintRequest>,
    ) -> Result<Response<FollowComplaintResponse>, Status> {
        person::follow(self, request).await
    }

    async fn add_by_receipt(&self, request: Request<AddByReceiptRequest>) -> Result<Response<Recorded>, Status> {
        person::add(self, request).await
    }

    async fn import_complaints(
        &self,
        request: Request<ImportComplaintsRequest>,
    ) -> Result<Response<ImportComplaintsResponse>, Status> {
        let call = Call::parse(&request, request.get_ref().meta.as_ref(), &self.edge.service)?;
        let ImportComplaintsRequest { system, mut entries, .. } = request.into_inner();
        let mut f = Fields::new();
        let system = f.name("system", &system);
        f.at_most("entries", &entries, ENTRIES_MAX);
        let mut registrations = Vec::with_capacity(entries.len());
        for (i, imported) in entries.iter_mut().enumerate() {
            let path = format!("entries[{i}]");
            let entry = format!("{path}.entry");
            let secrets = wire::secrets(&mut f, &entry, imported.entry.as_mut(), self.edge.key()?);
            let number = f.name(&format!("{path}.number"), &imported.number);
            let source = system.clone().zip(number).map(|(system, number)| Source { system, number });
            let id = source.as_ref().map(name);
            let kept = match id {
                // A repeat finds what it sealed before: the ids are those of the other system's number.
                Some(id) if f.is_clean() => self.edge.seal(id, &id.to_string(), secrets).await?,
                _ => Kept::default(),
            };
            let here = (&call.caller.region, call.act.at, &kept);
            let read = registration(&mut f, &entry, id, imported.entry.as_ref(), source, here);
            registrations.extend(read.map(|registered| (&*imported, registered)));
        }
        f.finish()?;
        let mut complaints = Vec::with_capacity(registrations.len());
        for (imported, registered) in registrations {
            let id = registered.complaint;
            // A repeat is told by what was received, whenever it is sent.
            let digest = Sha256::digest(imported.encode_to_vec()).into();
            let mut call = Call { command_id: id, digest, correlation_id: None, ..call.clone() };
            let taken = procedure::take::<complaint::Complaints>(self, &mut call, &id, &registered.into()).await;
            complaints.push(told(imported.number.clone(), id, taken));
        }
        Ok(Response::new(ImportComplaintsResponse { complaints }))
    }
}

/// The name that a matter of another system has here, always the same.
fn name(source: &Source) -> Uuid {
    Uuid::new_v5(&ELSEWHERE, format!("{}\n{}", source.system, source.number).as_bytes())
}

/// What came of one entry.
fn told(number: String, id: Uuid, taken: Result<Taken<complaint::Complaints>, Status>) -> ImportedComplaint {
    let complaint_id = id.to_string();
    match taken {
        Ok(taken) => ImportedComplaint {
            number,
            complaint_id,
            registered_number: taken.state.registered.as_ref().map(|r| r.number.clone()).unwrap_or_default(),
            repeated: taken.receipt.repeated,
            refused: String::new(),
        },
        Err(status) => ImportedComplaint {
            number,
            complaint_id,
            refused: status.message().to_owned(),
            ..ImportedComplaint::default()
        },
    }
}
