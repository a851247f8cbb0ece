namespace Edgewise.Symbols.Symbolizer;

/// <summary>One function that an address stands in: where functions were inlined, there are several, the innermost first.</summary>
/// <param name="Function">The function's name; empty where it is unknown.</param>
/// <param name="Location">The line of the address, or of the call that was inlined; null where that is unknown. Column 0 stands for none.</param>
/// <param name="Declaration">Where the function is declared; null where that is unknown.</param>
public sealed record Frame(string Function, SourceLocation? Location, SourceLocation? Declaration);
