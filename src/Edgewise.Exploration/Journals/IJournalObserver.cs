namespace Edgewise.Exploration.Journals;

/// <summary>Is told of what a journal takes, as it is made: so that it is known elsewhere even if the process dies in the middle of the run.</summary>
public interface IJournalObserver
{
    /// <summary>A discovery was added or has got better.</summary>
    /// <param name="place">Its place in the journal.</param>
    /// <param name="discovery">What stands there now.</param>
    void Discovered(int place, in Discovery discovery);

    /// <summary>A state or property was named.</summary>
    void Described(in Description description);
}
