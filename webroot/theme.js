// Before the first paint, so that the page does not flash: a theme that was chosen wins over the system's.
const chosen = localStorage.getItem('p35.theme');
if (chosen) document.documentElement.dataset.theme = chosen;
