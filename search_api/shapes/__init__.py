"""What the JSON API answers: one pydantic model per answer, field names of NĐ 30/2020 where the regulation has one."""
