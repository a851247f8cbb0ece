namespace Edgewise.Hosting.Targets.Arguments;

/// <summary>The place of a reader that is being made.</summary>
internal sealed class ReaderCell<T> : IReaderCell
{
    /// <summary>The reader; null until it is made.</summary>
    public ValueReader<T>? Reader { get; private set; }

    /// <inheritdoc/>
    public Delegate Later => PartReaders.Later(this);

    /// <inheritdoc/>
    public void Set(Delegate reader) => Reader = (ValueReader<T>)reader;
}
