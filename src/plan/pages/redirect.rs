//! The page at a former address, which leads on.

use serde::Serialize;

use crate::base::route::Route;
use crate::plan::Desk;
use crate::plan::outputs::family;
use crate::plan::page::Page;

#[derive(Serialize)]
struct TargetView {
    url: String,
    absolute: String,
}

pub(in crate::plan) fn view(desk: &Desk, route: &Route, target: &str) -> Page {
    let mut meta = desk.meta(&family::REDIRECT, route.as_str(), "This page has moved");
    meta.noindex = true;
    meta.canonical = desk.absolute(target);
    Page::new(meta).data("target", TargetView { url: desk.link_to(target), absolute: desk.absolute(target) })
}
