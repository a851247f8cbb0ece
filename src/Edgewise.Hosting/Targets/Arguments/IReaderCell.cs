namespace Edgewise.Hosting.Targets.Arguments;

/// <summary>The place of a reader, for what knows its type only at run time.</summary>
internal interface IReaderCell
{
    /// <summary>A reader that uses the one that will be set.</summary>
    Delegate Later { get; }

    /// <summary>Sets the reader.</summary>
    void Set(Delegate reader);
}
