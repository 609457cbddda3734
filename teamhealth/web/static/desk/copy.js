// A button that copies a field for whoever has scripts; without them it is not there, and the field can be selected.

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const told = document.getElementById(`${field.id}-copied`);
  field.addEventListener("focus", () => field.select());
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    told.textContent = button.dataset.done;
  });
}
