// The page's own button for paper.
document.getElementById("print").addEventListener("click", () => window.print());
