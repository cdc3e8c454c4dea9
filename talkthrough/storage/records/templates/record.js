(function () {
  "use strict";
  var filter = document.getElementById("filter");
  if (!filter) { return; }
  var choice = document.getElementById("criterion");
  var shown = document.getElementById("shown");
  var parts = document.querySelectorAll("[data-criteria]");
  filter.hidden = false;
  choice.addEventListener("change", function () {
    var turns = 0;
    parts.forEach(function (part) {
      var visible = !choice.value || part.dataset.criteria.indexOf(" " + choice.value + " ") >= 0;
      part.hidden = !visible;
      if (visible && part.tagName === "ARTICLE") { turns += 1; }
    });
    shown.textContent = choice.value ? turns + " messages speak to " + choice.value : "";
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest('a[href^="#turn-"]');
    var turn = link && document.getElementById(link.hash.slice(1));
    if (turn && turn.hidden) { choice.value = ""; choice.dispatchEvent(new Event("change")); }
  });
}());
