"""Questions put to the dataset of this repository's papers.

    pip install duckdb && python3 docs/examples/questions.py [DATASET_FOLDER]

Nothing is cleaned first: periods are dates, bodies have their local-government code (text: it may begin with 0), measures have ids.
With `--format parquet` the view is over 'FOLDER/observations.parquet' without more ado, and a label is dimensions['course'].
"""

import sys

import duckdb

folder = sys.argv[1] if len(sys.argv) > 1 else "output"
db = duckdb.connect()
# Japan's fiscal year begins in April: 令和5年度 is 2023-04-01 to 2024-03-31.
db.sql(f"""
    create view observations as
    select *, year(period_start - interval 3 month) as fiscal_year
    from read_csv('{folder}/observations.csv', header = true, types = {{'issuer_code': 'VARCHAR'}})
""")


def ask(question, query):
    answer = db.sql(query)
    if not answer.fetchall():
        sys.exit(f"no answer: {question}")
    print(question)
    answer.show()


ask("How many hours of routine work would automation touch, by department?", """
    select department,
           count(*) filter (measure = 'processing.hours') as tasks,
           sum(value) filter (measure = 'processing.hours')::int as hours,
           sum(value) filter (measure = 'processing.cases')::int as cases
    from observations
    where source = 'chromium/midorino-2024-progress.pdf' and measure in ('processing.hours', 'processing.cases')
    group by department order by hours desc
""")

ask("How many came to the classes, and how many are planned for?", """
    select subject, dimensions ->> 'course' as course,
           max(value) filter (status = 'actual')::int as came_2023,
           max(value) filter (status = 'plan')::int as planned_2024
    from observations
    where source = 'chromium/midorino-2024-progress.pdf' and measure = 'sessions.attendance' and context = 'table'
    group by all order by all
""")

ask("What does the revision change in the number of procedures brought online?", """
    select fiscal_year, dimensions ->> 'version' as version,
           max(value) filter (aggregation = 'point')::int as new,
           max(value) filter (aggregation = 'cumulative')::int as in_all
    from observations
    where source = 'text/midorino-2025-plan.txt' and unit = '手続' and context = 'table'
    group by all order by all
""")

ask("How often were sessions held, body by body and year by year?", """
    pivot (select issuer, measure, unit, fiscal_year, value from observations
           where measure = 'sessions.held' and status in ('actual', 'plan') and fiscal_year is not null)
    on fiscal_year using max(value)::int order by issuer
""")
