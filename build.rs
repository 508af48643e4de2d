//! How the program is linked: at a fixed address where Linux's usual tools link it.
//!
//! Its tables hold 30,000 addresses. In a program that may lie anywhere they are written anew at every start, before anything
//! else happens.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
