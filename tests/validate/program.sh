# The program whose output is validated; read by the scripts beside this one with `.`, from the root of the project.
# DATELINE names one that is built already.

if [ -z "${DATELINE:-}" ]; then
    cargo build --quiet --locked
    DATELINE=${CARGO_TARGET_DIR:-target}/debug/dateline
fi
