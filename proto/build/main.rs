//! Compiles every .proto under `fazhi/` without protoc; writes the descriptor set for reflection and tests, and the list
//! of RPCs with what their options say.

mod stubs;

use std::{collections::BTreeSet, env, error::Error, fmt::Write as _, fs, io, path::PathBuf};

use protox::prost_reflect::{DescriptorPool, DynamicMessage, MethodDescriptor, Value};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=fazhi");
    let mut files = Vec::new();
    collect(PathBuf::from("fazhi"), &mut files)?;
    files.sort();
    let mut compiler = protox::Compiler::new(["."])?;
    compiler.include_imports(true).include_source_info(true).open_files(&files)?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("descriptors.bin"), compiler.encode_file_descriptor_set())?;
    fs::write(out.join("methods.rs"), methods(&compiler.descriptor_pool())?)?;
    prost_build::Config::new().service_generator(Box::new(stubs::Stubs)).compile_fds(compiler.file_descriptor_set())?;
    Ok(())
}

fn collect(dir: PathBuf, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo:rerun-if-changed={}", path.display());
            collect(path, files)?;
        } else if path.extension().is_some_and(|e| e == "proto") {
            println!("cargo:rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}

/// The option of one RPC: roles and event.
fn option(pool: &DescriptorPool, method: &MethodDescriptor) -> Result<(Vec<String>, String), Box<dyn Error>> {
    let missing = || format!("{} has no option (fazhi.common.v1.rpc) with roles", method.full_name());
    let extension = pool.get_extension_by_name("fazhi.common.v1.rpc").ok_or_else(missing)?;
    let options: DynamicMessage = method.options();
    let rpc = options.get_extension(&extension).as_message().cloned().ok_or_else(missing)?;
    let list = rpc.get_field_by_name("roles").and_then(|v| v.as_list().map(<[Value]>::to_vec)).unwrap_or_default();
    let roles: Vec<String> = list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect();
    if roles.is_empty() {
        return Err(missing().into());
    }
    let event = rpc.get_field_by_name("event").and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    Ok((roles, event))
}

fn methods(pool: &DescriptorPool) -> Result<String, Box<dyn Error>> {
    let mut rows = String::new();
    let mut macros = String::new();
    let mut answers = BTreeSet::new();
    let mut alone = BTreeSet::new();
    for service in pool.services() {
        let package = service.package_name().split('.').nth(1).unwrap_or_default().to_owned();
        let mut steps = String::new();
        for method in service.methods() {
            let (roles, event) = option(pool, &method)?;
            let (of, name) = (service.full_name(), method.name());
            let streams = method.is_client_streaming();
            writeln!(
                rows,
                "    Method {{ service: {of:?}, name: {name:?}, path: \"/{of}/{name}\", roles: &{roles:?}, event: {event:?}, streams: {streams} }},"
            )?;
            let (request, response) = (rust(method.input().full_name()), rust(method.output().full_name()));
            if !streams && !method.is_server_streaming() {
                alone.extend([request.clone(), response.clone()]);
            }
            if !event.is_empty() {
                writeln!(steps, "            {name} {}($crate::{request}) -> $crate::{response};", snake(name))?;
                answers.insert(response);
            }
        }
        writeln!(
            macros,
            "/// Hands every step of this API to the macro named.\n#[macro_export]\nmacro_rules! {package}_steps {{\n    ($($go:tt)*) => {{\n        $($go)*! {{\n{steps}        }}\n    }};\n}}"
        )?;
    }
    for answer in answers {
        writeln!(
            macros,
            "impl Answer for {answer} {{\n    fn receipt(&self) -> Option<&common::v1::Receipt> {{\n        self.receipt.as_ref()\n    }}\n}}"
        )?;
    }
    for message in alone {
        writeln!(macros, "rpc::alone!({message});")?;
    }
    Ok(format!("/// Every RPC of every API.\npub static METHODS: &[Method] = &[\n{rows}];\n{macros}"))
}

/// `fazhi.enforcement.v1.FileCaseRequest` as a path in this crate.
fn rust(full_name: &str) -> String {
    full_name.trim_start_matches("fazhi.").replace('.', "::")
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.chars().enumerate() {
        if c.is_ascii_uppercase() && at > 0 {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
