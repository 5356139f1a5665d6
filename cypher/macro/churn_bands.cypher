// macro: churn_bands  arguments: customer, moment  params: -
// The band of the churn score that stood, as a list of one or none.
[churn IN {{newest_churn customer moment}} | churn.band]
