//! Products, categories, units.

use std::sync::Arc;

use ombor_desk::Ombor;
use ombor_desk::api::catalogue::{
    Category, Product, ProductInput, ProductPage, ProductQuery, Unit,
};
use ombor_desk::error::Result;
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn list_categories(ombor: State<'_, Arc<Ombor>>) -> Result<Vec<Category>> {
    ombor.list_categories().await
}

#[tauri::command]
#[specta::specta]
pub async fn create_category(ombor: State<'_, Arc<Ombor>>, name: String) -> Result<Category> {
    ombor.create_category(name).await
}

#[tauri::command]
#[specta::specta]
pub async fn list_units(ombor: State<'_, Arc<Ombor>>) -> Result<Vec<Unit>> {
    ombor.list_units().await
}

#[tauri::command]
#[specta::specta]
pub async fn search_products(
    ombor: State<'_, Arc<Ombor>>,
    query: ProductQuery,
) -> Result<ProductPage> {
    ombor.search_products(query).await
}

#[tauri::command]
#[specta::specta]
pub async fn get_product(ombor: State<'_, Arc<Ombor>>, id: String) -> Result<Product> {
    ombor.get_product(id).await
}

#[tauri::command]
#[specta::specta]
pub async fn create_product(ombor: State<'_, Arc<Ombor>>, input: ProductInput) -> Result<Product> {
    ombor.create_product(input).await
}

#[tauri::command]
#[specta::specta]
pub async fn update_product(
    ombor: State<'_, Arc<Ombor>>,
    id: String,
    version: u32,
    input: ProductInput,
) -> Result<Product> {
    ombor.update_product(id, version, input).await
}

#[tauri::command]
#[specta::specta]
pub async fn set_product_picture(
    ombor: State<'_, Arc<Ombor>>,
    id: String,
    base64: Option<String>,
) -> Result<()> {
    ombor.set_product_picture(id, base64).await
}

#[tauri::command]
#[specta::specta]
pub async fn product_picture(ombor: State<'_, Arc<Ombor>>, id: String) -> Result<Option<String>> {
    ombor.product_picture(id).await
}
