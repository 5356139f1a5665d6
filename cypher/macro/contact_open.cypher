// macro: contact_open  arguments: person, moment  params: -
// Everybody of us may see something of the contact: the branches of contact_seen, as far as all may see them.
EXISTS { MATCH (person)-[a_job:WORKS_AT]->(:Customer) WHERE {{known_at a_job moment}} AND {{seen_by_company a_job}} }
OR EXISTS { MATCH (person)-[a_role:HAS_ROLE]->(:Customer|Opportunity) WHERE {{known_at a_role moment}} AND {{seen_by_company a_role}} }
OR EXISTS { MATCH (person)-[a_tie:KNOWS]-(:Contact|Employee) WHERE a_tie.valid_from <= moment AND {{seen_by_company a_tie}} }
OR EXISTS { MATCH (person)-[:PARTICIPATED_IN]->(a_talk:Interaction) WHERE a_talk.at <= moment AND {{seen_by_company a_talk}} }
OR EXISTS { MATCH (person)<-[:RAISED_BY]-(a_ticket:Ticket) WHERE a_ticket.opened_at <= moment }
