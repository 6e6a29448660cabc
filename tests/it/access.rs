//! Deny by default holds only if somebody decided on every RPC.

use std::collections::BTreeSet;

use prost::Message as _;

#[test]
fn every_rpc_has_exactly_one_row_in_the_access_matrix() {
    let set = prost_types::FileDescriptorSet::decode(proto::DESCRIPTORS).expect("the descriptor set decodes");
    let declared: BTreeSet<String> = set
        .file
        .iter()
        .flat_map(|file| {
            file.service.iter().flat_map(move |service| {
                service.method.iter().map(move |m| format!("/{}.{}/{}", file.package(), service.name(), m.name()))
            })
        })
        .collect();
    let rows: Vec<String> = [powerlist::ACCESS, enforcement::ACCESS, projection::ACCESS]
        .into_iter()
        .flatten()
        .map(|row| row.method.to_owned())
        .collect();
    let unique: BTreeSet<String> = rows.iter().cloned().collect();
    assert_eq!(rows.len(), unique.len(), "an RPC has two rows");
    assert_eq!(declared, unique);
}

#[test]
fn the_operator_reads_no_case_and_the_auditor_changes_nothing() {
    use kernel::Role;
    for row in enforcement::ACCESS {
        assert!(!row.roles.contains(&Role::Operator), "{}", row.method);
        let reads = ["/Get", "/List"].iter().any(|verb| row.method.contains(verb));
        assert!(reads || !row.roles.contains(&Role::Auditor), "{}", row.method);
        assert!(reads || !row.roles.contains(&Role::Public), "{}", row.method);
    }
}
