//! How the program is linked where Linux's usual tools link it: at a fixed address, and with GCC's unwinder in it.
//!
//! Its tables hold 30,000 addresses. In a program that may lie anywhere they are written anew at every start, before anything
//! else happens. The unwinder is a library of its own otherwise, which has to be found, mapped and begun at every start.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        link_unwinder();
    }
}

/// Links the unwinder, if the C compiler has it at hand. Where it has not, or builds for another machine, it stays a library.
fn link_unwinder() {
    const NAME: &str = "libgcc_eh.a";
    if std::env::var("HOST") != std::env::var("TARGET") {
        return;
    }
    let asked = Command::new("cc")
        .arg(format!("-print-file-name={NAME}"))
        .output();
    let Ok(answer) = asked else { return };
    let path = String::from_utf8_lossy(&answer.stdout);
    let folder = Path::new(path.trim()).parent();
    if let Some(folder) =
        folder.filter(|folder| folder.join(NAME).is_file() && folder.is_absolute())
    {
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static=gcc_eh");
    }
}
