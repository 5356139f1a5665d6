// fragment: customer_part.risk  params: parts
CASE WHEN 'risk' IN $parts THEN {{newest_churn c t}} END AS risk
