using System.Text;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;
using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary>Writes a regression test for each finding.</summary>
/// <param name="folder">Where tests go.</param>
internal sealed class TestEmission(string folder)
{
    /// <summary>The one kind of tests there is.</summary>
    public const string Kind = "xunit";

    private const string Namespace = "RegressionTests";
    private TestCall? _call;

    /// <summary>Takes in how the target is called.</summary>
    public void Hear(FuzzMessage message)
    {
        if (message is LoadedMessage { Call: { } call })
        {
            _call = call;
        }
    }

    /// <summary>Writes the tests.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="report">Receives errors.</param>
    /// <param name="say">Receives a line for each test.</param>
    public void Write(IEnumerable<Finding> findings, CommandReport report, Action<string> say)
    {
        if (_call is null)
        {
            report.Error($"--emit-test {Kind}: the target is no .NET method, so that no test can call it");
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
            foreach (Finding finding in findings)
            {
                string path = Path.Combine(folder, RegressionTest.NameOf(finding, _call) + ".cs");
                AtomicFile.Write(path, Encoding.UTF8.GetBytes(RegressionTest.Render(finding, _call, Namespace)));
                say($"INFO: edgewise: test written to {path}");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            report.Error($"--test-folder {folder}: no test can be written: {failure.Message}");
        }
    }
}
