"""The simulation written as the exports of a CRM, an ERP, a help desk, a mail log and a calendar."""
