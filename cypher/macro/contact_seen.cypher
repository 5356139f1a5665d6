// macro: contact_seen  arguments: person, moment  params: -
// The viewer may see anything of the contact: a job, a role, a tie, an interaction or a ticket.
EXISTS { MATCH (person)-[a_job:WORKS_AT]->(:Customer) WHERE {{known_at a_job moment}} AND {{seen_by_viewer a_job}} }
OR EXISTS { MATCH (person)-[a_role:HAS_ROLE]->(:Customer|Opportunity) WHERE {{known_at a_role moment}} AND {{seen_by_viewer a_role}} }
OR EXISTS { MATCH (person)-[a_tie:KNOWS]-(:Contact|Employee) WHERE a_tie.valid_from <= moment AND {{seen_by_viewer a_tie}} }
OR EXISTS { MATCH (person)-[:PARTICIPATED_IN]->(a_talk:Interaction) WHERE a_talk.at <= moment AND {{seen_by_viewer a_talk}} }
OR EXISTS { MATCH (person)<-[:RAISED_BY]-(a_ticket:Ticket) WHERE a_ticket.opened_at <= moment }
