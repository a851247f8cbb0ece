using Edgewise.Runtime.Formats;

namespace Edgewise.Symbols;

/// <summary>Tells where the points of a module stand in its source.</summary>
public sealed class PointLocator
{
    private readonly PointSet _points;
    private readonly ModuleSymbols _symbols;
    private readonly PcIndex _index;

    /// <summary>Puts a point set and its module's symbols together.</summary>
    /// <param name="points">The point set.</param>
    /// <param name="symbols">The module; only the original image's PDB tells lines within a method.</param>
    public PointLocator(PointSet points, ModuleSymbols symbols)
    {
        _points = points;
        _symbols = symbols;
        _index = new PcIndex(points);
    }

    /// <summary>Where a point stands.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such point.</exception>
    public PointLocation At(int point)
    {
        PointMethod method = _points.Methods[_points.MethodOfPoint(point)];
        int user = _symbols.UserMethodOf(method.Token);
        return new PointLocation(
            _symbols.NameOf(user == 0 ? method.Token : user),
            _symbols.LocationOf(method.Token, _points.Pcs[point] - method.Rva));
    }

    /// <summary>Where the point of a PC stands; null where the PC is no point.</summary>
    public PointLocation? AtPc(ulong pc) => _index.PointOf(pc) is >= 0 and int point ? At(point) : null;
}
