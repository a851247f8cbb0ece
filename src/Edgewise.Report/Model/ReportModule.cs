using Edgewise.Sancov;

namespace Edgewise.Report.Model;

/// <summary>A binary, .NET module or <c>.symcov</c> that a report is of.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Identity">Build id or hash in hex; empty where there is none.</param>
/// <param name="Summary">Its counts.</param>
public sealed record ReportModule(string Name, string Identity, CoverageSummary Summary);
