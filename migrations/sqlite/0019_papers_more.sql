-- The key of a signed paper in the register of documents: there its signed file is attached and its withdrawal is told.

alter table paper_frozen add column register_slug text not null default '';

update paper_frozen set register_slug = coalesce((
    select min(d.slug) from guidance_document d, paper p
    where p.id = paper_frozen.paper_id and d.unit_code = p.unit_code and d.direction = 'out'
        and d.number = paper_frozen.printed_number and d.issued_on = paper_frozen.signed_on
), '');
