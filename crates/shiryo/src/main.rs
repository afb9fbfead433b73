//! The program `shiryo`; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    shiryo::cli::main()
}
