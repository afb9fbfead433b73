"""Three questions put to the dataset of this repository's papers.

    pip install duckdb && python3 docs/examples/questions.py [DATASET_FOLDER]
"""

import sys

import duckdb

folder = sys.argv[1] if len(sys.argv) > 1 else "output"
db = duckdb.connect()
db.sql(f"create view observations as from read_csv('{folder}/observations.csv', header = true)")

print("How many hours of routine work would automation touch, by department?")
db.sql("""
    select department,
           count(*) filter (measure = 'processing.hours') as tasks,
           sum(value) filter (measure = 'processing.hours')::int as hours,
           sum(value) filter (measure = 'processing.cases')::int as cases
    from observations
    where source = 'chromium/midorino-2024-progress.pdf' and measure in ('processing.hours', 'processing.cases')
    group by department order by hours desc
""").show()

print("How many came to the classes, and how many are planned for?")
db.sql("""
    select subject, dimensions ->> 'course' as course,
           max(value) filter (status = 'actual')::int as came_2023,
           max(value) filter (status = 'plan')::int as planned_2024
    from observations
    where source = 'chromium/midorino-2024-progress.pdf' and measure = 'sessions.attendance' and context = 'table'
    group by all order by all
""").show()

print("What does the revision change in the number of procedures brought online?")
db.sql("""
    select year(period_start) as fiscal_year, dimensions ->> 'version' as version,
           max(value) filter (aggregation = 'point')::int as new,
           max(value) filter (aggregation = 'cumulative')::int as in_all
    from observations
    where source = 'text/midorino-2025-plan.txt' and unit = '手続' and context = 'table'
    group by all order by all
""").show()
