//! The RPCs: steps are carried out by the kernel; what comes from another system is registered entry by entry.

use kernel::{
    Call, Fields,
    procedure::{self, Taken},
};
use prost::Message as _;
use proto::complaints::v1::{complaints_server::Complaints, *};
use sha2::{Digest as _, Sha256};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::{
    app::Api,
    domain::{complaint, events::Source},
    wire::registration,
};

/// Most matters of one import.
const ENTRIES_MAX: usize = 500;
/// Names of matters that come from elsewhere are made of this one, the system and its number.
const ELSEWHERE: Uuid = Uuid::from_u128(0x6b1d_7a0e_52c4_5d43_9f0b_3c8f_1e27_a905);

#[tonic::async_trait]
impl Complaints for Api {
    proto::complaints_steps!(kernel::serve);

    async fn import_complaints(
        &self,
        request: Request<ImportComplaintsRequest>,
    ) -> Result<Response<ImportComplaintsResponse>, Status> {
        let call = Call::parse(&request, request.get_ref().meta.as_ref(), &self.edge.service)?;
        let ImportComplaintsRequest { system, entries, .. } = request.into_inner();
        let mut f = Fields::new();
        let system = f.name("system", &system);
        f.at_most("entries", &entries, ENTRIES_MAX);
        let mut registrations = Vec::with_capacity(entries.len());
        for (i, imported) in entries.iter().enumerate() {
            let path = format!("entries[{i}]");
            let number = f.name(&format!("{path}.number"), &imported.number);
            let source = system.clone().zip(number).map(|(system, number)| Source { system, number });
            let id = source.as_ref().map(name);
            let here = (&call.caller.region, call.act.at);
            let read = registration(&mut f, &format!("{path}.entry"), id, imported.entry.as_ref(), source, here);
            registrations.extend(read.map(|registered| (imported, registered)));
        }
        f.finish()?;
        let mut complaints = Vec::with_capacity(registrations.len());
        for (imported, registered) in registrations {
            let id = registered.complaint;
            // A repeat is told by what was received, whenever it is sent.
            let digest = Sha256::digest(imported.encode_to_vec()).into();
            let call = Call { command_id: id, digest, correlation_id: None, ..call.clone() };
            let taken = procedure::take::<complaint::Complaints>(self, call, id, registered.into()).await;
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
