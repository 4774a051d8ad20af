extension Migration {
  /// The constraints of `job` under the names that PostgreSQL gives to those of a table that is created as `job`.
  ///
  /// The step before creates the table under another name, which its constraints keep. SQLite's have no names.
  static let jobConstraintNames = Migration(
    version: 11,
    name: "names of the job table's constraints",
    ownStatements: [
      .postgreSQL: [
        "ALTER TABLE job RENAME CONSTRAINT job_in_lane_pkey TO job_pkey",
        "ALTER TABLE job RENAME CONSTRAINT job_in_lane_id_key TO job_id_key",
        "ALTER TABLE job RENAME CONSTRAINT job_in_lane_is_unique_check TO job_is_unique_check",
        """
        ALTER TABLE job RENAME CONSTRAINT job_in_lane_workspace_id_resource_fkey
          TO job_workspace_id_resource_fkey
        """,
      ]
    ],
    statements: []
  )
}
