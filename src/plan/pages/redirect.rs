//! The page at a former address, which leads on.

use serde::Serialize;

use crate::base::route::Route;
use crate::plan::SiteContext;
use crate::plan::outputs::family;
use crate::plan::page::Page;

#[derive(Serialize)]
struct TargetView {
    url: String,
    absolute: String,
}

pub(in crate::plan) fn view(context: &SiteContext, route: &Route, target: &str) -> Page {
    let mut meta = context.meta(&family::REDIRECT, route.as_str(), context.say("moved"));
    meta.noindex = true;
    meta.canonical = context.absolute(target);
    Page::new(meta).data("target", TargetView { url: context.link_to(target), absolute: context.absolute(target) })
}
