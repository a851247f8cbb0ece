using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Xunit;

/// <summary>Fuzzing found something, or could not go on. The message has the finding, its input as a C# literal, and the file in which it is kept.</summary>
public sealed class FuzzFindingException : Exception
{
    internal FuzzFindingException(FuzzResult result) : base(Describe(result))
    {
        Result = result;
    }

    /// <summary>All that was found.</summary>
    public FuzzResult Result { get; }

    private static string Describe(FuzzResult result)
    {
        if (result.Findings.Count == 0)
        {
            return result.Error ?? "";
        }

        Finding first = result.Findings[0];
        return $"{first.Title}\ninput: {CSharpLiteral.Of(first.Minimized ?? first.Input)}\nkept in: {result.Artifacts[0]}\n{first.Details}";
    }
}
