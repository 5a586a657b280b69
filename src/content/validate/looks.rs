//! Colours and textures: each layer's over those of the layers below.

use super::{Check, Known};
use crate::content::{
    Look, Looks, Palette, Texture, Tint,
    draft::Draft,
    schema::{Maybe, looks as file},
};

/// What all layers say of looks together.
pub(crate) fn looks(check: &mut Check<'_>, draft: &Draft, terrain: &Known) -> Looks {
    let mut looks = Looks::default();
    for (look, palette) in draft.palettes.iter().flat_map(|file| &file.0) {
        if let (Some(look), Some(palette)) = (look.get(), palette.get()) {
            let known = looks.palettes.entry((*look).into()).or_default();
            lay(check, known, palette);
        }
    }
    for (id, texture) in draft.textures.iter().flat_map(|file| &file.0) {
        let _ = check.known::<crate::content::Terrain>(id, terrain);
        if let (Some(id), Some(texture)) = (id.get(), texture.get()) {
            match drawn(*texture) {
                Some(texture) => looks.textures.insert(id.clone(), texture),
                None => looks.textures.remove(id),
            };
        }
    }
    looks
}

fn lay(check: &mut Check<'_>, palette: &mut Palette, file: &file::Palette) {
    let each: [(&mut Tint, &Maybe<String>); 11] = [
        (&mut palette.ground, &file.ground),
        (&mut palette.glow, &file.glow),
        (&mut palette.panel, &file.panel),
        (&mut palette.hairline, &file.hairline),
        (&mut palette.text, &file.text),
        (&mut palette.dim, &file.dim),
        (&mut palette.ink, &file.ink),
        (&mut palette.lane, &file.lane),
        (&mut palette.gold, &file.gold),
        (&mut palette.loss, &file.loss),
        (&mut palette.attention, &file.attention),
    ];
    for (tint, said) in each {
        if let Some(read) = said.as_ref().and_then(|at| tint_of(check, at)) {
            *tint = read;
        }
    }
    if !file.sides.is_empty() {
        palette.sides = file
            .sides
            .iter()
            .filter_map(|at| tint_of(check, at))
            .collect();
    }
}

fn tint_of(check: &mut Check<'_>, at: &crate::content::ron::At<String>) -> Option<Tint> {
    let text = at.get()?;
    let tint = Tint::read(text);
    if tint.is_none() {
        check.error(
            "no-colour",
            at.span,
            format!("`{text}` is no colour"),
            "write red, green and blue like \"#0a111c\"",
        );
    }
    tint
}

impl From<file::Look> for Look {
    fn from(look: file::Look) -> Self {
        match look {
            file::Look::Normal => Look::Normal,
            file::Look::ColourBlind => Look::ColourBlind,
            file::Look::HighContrast => Look::HighContrast,
        }
    }
}

fn drawn(texture: file::Texture) -> Option<Texture> {
    match texture {
        file::Texture::BentGrid => Some(Texture::BentGrid),
        file::Texture::Stipple => Some(Texture::Stipple),
        file::Texture::Contours => Some(Texture::Contours),
        file::Texture::Noise => Some(Texture::Noise),
        file::Texture::Blank => None,
    }
}
