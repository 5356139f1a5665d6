// GraphiQL with a token field; the token stays in this tab (sessionStorage) and is sent to this server only.
const EXAMPLE = `query Account {
  account(match: "") {
    name
    tags { name dimension }
    health { score trend }
    decisionChain {
      members {
        contact { name title }
        role stance influence basis confidence
        coveredBy { employee { name } strength lastContactAt }
      }
      links { from to kind basis confidence }
      gaps { kind message since }
    }
    warmPaths(to: DECISION_MAKER, first: 3) { strength steps { kind from { name } to { name } strength why } }
    churnRisk { probability band horizonDays reasons { text contribution evidence { kind id } } modelId }
    recommendations(first: 5) { product { name } probability reasons { text path { label } } modelId }
  }
}
`;

const form = document.getElementById("token");
const field = form.querySelector("input");
const said = form.querySelector("output");
const root = ReactDOM.createRoot(document.getElementById("graphiql"));

async function ask(parameters) {
  const response = await fetch(window.location.pathname, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${field.value}` },
    body: JSON.stringify(parameters),
  });
  const answer = await response.json();
  said.textContent = response.status === 401 ? answer.errors[0].message : "";
  return answer;
}

function show() {
  sessionStorage.setItem("relgraph-token", field.value);
  root.render(React.createElement(GraphiQL, { key: field.value, fetcher: ask, defaultQuery: EXAMPLE }));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
field.value = sessionStorage.getItem("relgraph-token") ?? "";
show();
