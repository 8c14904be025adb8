"""What was the register of returnees holds sightings; a returnee is the person they are joined to."""

from django.db import migrations

# Renaming a table leaves its indexes, its sequence and its foreign keys under the old name, which is wanted anew.
_RENAME_THE_REST = """
do $$ declare one record; begin
  for one in select c.conname as name from pg_constraint c where c.conrelid = 'people_sighting'::regclass
      and c.conname like 'people\\_returnee%' loop
    execute format('alter table people_sighting rename constraint %I to %I',
      one.name, replace(one.name, 'people_returnee', 'people_sighting'));
  end loop;
  for one in select c.relname as name from pg_class c join pg_index i on i.indexrelid = c.oid
      where i.indrelid = 'people_sighting'::regclass and c.relname like 'people\\_returnee%' loop
    execute format('alter index %I rename to %I', one.name, replace(one.name, 'people_returnee', 'people_sighting'));
  end loop;
  if to_regclass('people_returnee_id_seq') is not null then
    alter sequence people_returnee_id_seq rename to people_sighting_id_seq;
  end if;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_returnee")]

    operations = [
        migrations.RenameModel("Returnee", "Sighting"),
        migrations.RunSQL(_RENAME_THE_REST, migrations.RunSQL.noop),
        migrations.RenameIndex("Sighting", "sighting_by_time", old_name="returnee_by_time"),
        migrations.RenameIndex("Sighting", "sighting_by_id", old_name="returnee_by_id"),
    ]
