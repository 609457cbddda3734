// A button that copies a field or a line; without scripts it is not there, and the text can be selected by hand.

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const told = document.getElementById(`${field.id}-copied`);
  const select = () => (field.select ? field.select() : getSelection().selectAllChildren(field));
  field.addEventListener("focus", select);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    select();
    await navigator.clipboard.writeText(field.value || field.textContent);
    told.textContent = button.dataset.done;
  });
}
