//! How triangles become pixels: colours are mixed as the eye sees them, as the toolkit of the panels and every picture
//! file mean them. Out of the box the two libraries between us and the screen turn every pixel of every layer into light
//! and back, which thins pale colours over dark ground and, drawn in software, takes most of a frame.

use bevy::{
    asset::{AssetEventSystems, RenderAssetUsages},
    camera::CompositingSpace,
    image::Image,
    prelude::*,
    render::{
        Render, RenderApp, RenderSystems,
        render_resource::{
            PipelineCache, SpecializedRenderPipelines, TextureFormat, TextureViewDescriptor,
        },
    },
    shader::Shader,
};
use bevy_egui::{
    EguiManagedTextures, EguiPostUpdateSet,
    egui::ColorImage,
    render::{
        EGUI_SHADER_HANDLE, EguiPipeline, EguiPipelineKey,
        systems::{EguiPipelines, queue_pipelines_system},
    },
};

/// What is drawn on, and how textures are read: numbers as they are in the file.
const PLAIN: TextureFormat = TextureFormat::Rgba8Unorm;

/// The texture of letters: it alone is changed in parts, and must be kept for that.
const LETTERS: u64 = 0;

/// What a camera needs so that its pixels are mixed so.
pub const SPACE: CompositingSpace = CompositingSpace::Srgb;

/// Has the panels drawn so; after the plugin of the panels.
pub fn plugin(app: &mut App) {
    let shader = Shader::from_wgsl(include_str!("../../assets/shaders/panels.wgsl"), file!());
    let mut shaders = app.world_mut().resource_mut::<Assets<Shader>>();
    // The handle is the library's own: there is always room for it.
    let _ = shaders.insert(EGUI_SHADER_HANDLE.id(), shader);
    app.add_systems(
        PostUpdate,
        read_plainly
            .after(EguiPostUpdateSet::PostProcessOutput)
            .before(AssetEventSystems),
    );
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        let draw = draw_plainly
            .in_set(RenderSystems::Queue)
            .after(queue_pipelines_system);
        render.add_systems(Render, draw);
    }
}

/// Textures hold what the eye sees already, and need not be held three times over.
fn read_plainly(mut textures: ResMut<EguiManagedTextures>, mut images: ResMut<Assets<Image>>) {
    for ((_, id), texture) in textures.iter_mut() {
        // The library keeps a copy and never looks at it: where that is gone, the texture is not new.
        if texture.color_image.pixels.is_empty() {
            continue;
        }
        texture.color_image = ColorImage::default();
        let Some(mut image) = images.get_mut(texture.handle.id()) else {
            continue;
        };
        image.texture_descriptor.view_formats = &[PLAIN];
        image.texture_view_descriptor = Some(TextureViewDescriptor {
            format: Some(PLAIN),
            ..Default::default()
        });
        if *id != LETTERS {
            image.asset_usage = RenderAssetUsages::RENDER_WORLD;
        }
    }
}

/// The library draws on light only; the same once more, onto plain numbers.
fn draw_plainly(
    cache: Res<PipelineCache>,
    pipeline: Res<EguiPipeline>,
    mut made: ResMut<SpecializedRenderPipelines<EguiPipeline>>,
    mut used: ResMut<EguiPipelines>,
) {
    let key = EguiPipelineKey {
        target_format: PLAIN,
    };
    for id in used.0.values_mut() {
        *id = made.specialize(&cache, &pipeline, key);
    }
}
