namespace Edgewise.IntegrationTests.Run;

/// <summary>A copy of the program <c>Ends</c> that <c>edgewise instrument</c> made, for the tests of a class.</summary>
public sealed class InstrumentedEnds : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgewise-instrumented-").FullName;

    /// <summary>Instruments it.</summary>
    public InstrumentedEnds() => Program = EdgewiseRun.Instrument(TestPrograms.Ends, _folder);

    /// <summary>The program.</summary>
    public string Program { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
