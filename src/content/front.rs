//! Front matter: bytes → text → raw values → checked heads.
