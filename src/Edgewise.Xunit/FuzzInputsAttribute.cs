using System.Globalization;
using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Edgewise.Xunit;

/// <summary>
/// Gives a theory the stored inputs of a fuzz target, a test case each: <c>[Theory, FuzzInputs(typeof(MyTargets), nameof(MyTargets.Parse))]</c> on
/// <c>public Task Parse(FuzzInput input) => input.RunAsync();</c>. With the environment variable <c>EDGEWISE_FUZZ</c>, which says how many seconds, there is one
/// more case, which fuzzes; what it finds is stored beside the others.
/// </summary>
/// <param name="type">The class of the target.</param>
/// <param name="method">Its method.</param>
/// <remarks>Inputs stand in <see cref="Folder"/>, in the order of their names. Without any there is one case with an empty input.</remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class FuzzInputsAttribute(Type type, string method) : DataAttribute
{
    /// <summary>The environment variable that asks for fuzzing.</summary>
    public const string Variable = "EDGEWISE_FUZZ";

    /// <summary>The class of the target.</summary>
    public Type Type { get; } = type;

    /// <summary>Its method.</summary>
    public string Method { get; } = method;

    /// <summary>Folder of the inputs, relative to that of the test assembly; <c>FuzzInputs/TYPE.METHOD</c> where it is null.</summary>
    public string? Folder { get; set; }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        string folder = Path.Combine(Path.GetDirectoryName(testMethod.DeclaringType!.Assembly.Location)!, Folder ?? Path.Combine("FuzzInputs", $"{Type.FullName}.{Method}"));
        List<ITheoryDataRow> rows = [];
        foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            rows.Add(new TheoryDataRow<FuzzInput>(new FuzzInput(Type, Method, folder, file, TimeSpan.Zero)) { TestDisplayName = $"{Method}: {Path.GetFileName(file)}" });
        }

        if (double.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds > 0)
        {
            rows.Add(new TheoryDataRow<FuzzInput>(new FuzzInput(Type, Method, folder, null, TimeSpan.FromSeconds(seconds))) { TestDisplayName = $"{Method}: fuzz for {seconds} s" });
        }

        if (rows.Count == 0)
        {
            rows.Add(new TheoryDataRow<FuzzInput>(new FuzzInput(Type, Method, folder, FuzzInput.Nothing, TimeSpan.Zero)) { TestDisplayName = $"{Method}: an empty input" });
        }

        return new ValueTask<IReadOnlyCollection<ITheoryDataRow>>(rows);
    }

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
