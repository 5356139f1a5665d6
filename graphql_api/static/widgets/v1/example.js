"use strict";
const asked = new URLSearchParams(location.search);
if (asked.get("lang") === "zh") document.documentElement.lang = "zh";
document.getElementById("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  for (const one of document.querySelectorAll(".board > *")) one.token = document.getElementById("token").value.trim();
});
