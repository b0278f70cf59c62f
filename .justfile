# The plain cargo commands stand in the README; these are shorter names for them.

check:
    cargo fmt --check && cargo clippy --locked --all-targets -- -D warnings && RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps

test:
    cargo test --locked

# The committed samples, made again by their builder.
samples:
    UPDATE_SAMPLES=1 cargo test --locked --test it samples

# What is linked: licences, sources, doubled crates.
deny:
    cargo deny check licenses bans sources

release:
    cargo run --locked --example release

bench:
    cargo bench --locked

ci:
    .ci/run
