//! Rebuilds the crate when a file of `norms/` is added, changed or taken away: the files are part of the program.

fn main() {
    println!("cargo::rerun-if-changed=../../norms");
}
