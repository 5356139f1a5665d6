// name: doctor.engine  params: -  access: read  sees: all
CALL dbms.components() YIELD name, versions, edition
RETURN name, versions[0] AS version, edition
LIMIT 1
